import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Configuration } from '../../workspace/configuration.js';
import { RequestError } from '../http/failure.js';
import type { ServiceName } from './registry.js';
import type { ArgumentOf, OutputOf, ReplyMessage, Service } from './service.js';

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/**
 * A service in a thread of its own, so that what it waits for or computes keeps no page waiting. The thread starts with
 * the first call, and anew with the next one if it died.
 */
export class ServiceThread<S extends Service> {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;
  private closed = false;

  constructor(
    private readonly name: ServiceName,
    private readonly configuration: Configuration,
  ) {}

  /** Throws RequestError for what the service refuses, Error for a bug in it. */
  call<M extends keyof S & string>(method: M, argument: ArgumentOf<S, M>): Promise<OutputOf<S, M>> {
    if (this.closed) return Promise.reject(new RequestError(503, 'the server is stopping'));
    const worker = (this.worker ??= this.start());
    const id = this.calls++;
    return new Promise<OutputOf<S, M>>((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage({ id, method, argument });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private start(): Worker {
    const { entry, options } = threadEntry();
    const worker = new Worker(entry, {
      name: this.name,
      workerData: { service: this.name, configuration: this.configuration },
      ...options,
    });
    worker.on('message', (reply: ReplyMessage) => {
      const call = this.pending.get(reply.id);
      this.pending.delete(reply.id);
      if (!call) return;
      if ('output' in reply) call.resolve(reply.output);
      else if ('refusal' in reply) {
        const { status, message, hint } = reply.refusal;
        call.reject(new RequestError(status, message, { hint }));
      } else call.reject(bugOf(reply.bug));
    });
    worker.on('error', (error) => this.lose(worker, error));
    worker.on('exit', () => this.lose(worker, new Error(`the thread "${this.name}" ended`)));
    return worker;
  }

  /** The thread died: who waits for it is told. */
  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const failure = this.closed ? new RequestError(503, 'the server is stopping') : error;
    for (const call of this.pending.values()) call.reject(failure);
    this.pending.clear();
  }
}

function bugOf(stack: string): Error {
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}

/** The thread's compiled file; when running from source (tests), lines that import the TypeScript file through tsx. */
function threadEntry(): { entry: string | URL; options: WorkerOptions } {
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(fromSource ? './server-thread.ts' : './server-thread.js', import.meta.url);
  if (!fromSource) return { entry: url, options: {} };
  const file = JSON.stringify(url.href);
  return { entry: `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`, options: { eval: true } };
}
