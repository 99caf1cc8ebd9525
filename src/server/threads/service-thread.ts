import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { counted } from '../../errors.js';
import type { Configuration } from '../../workspace/configuration.js';
import { RequestError } from '../http/failure.js';
import type { ServiceName } from './registry.js';
import type { ArgumentOf, CallMessage, OutputOf, ReplyMessage, Service } from './service.js';

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
  timer?: NodeJS.Timeout;
}

export interface ThreadOptions {
  /** How long a call may take from when the thread has come to it. */
  readonly limitMilliseconds?: number;
  /** Another file than the one that runs services. */
  readonly entry?: URL;
}

const usualLimit = 600_000;
/** How long the end of a thread is waited for: one that hangs inside the system cannot be ended. */
const patienceMilliseconds = 2000;

/**
 * A service in a thread of its own, so that what it waits for or computes keeps no page waiting. The thread starts with
 * the first call, and anew with the next one if it died. A call that takes too long is given up and the thread with it.
 */
export class ServiceThread<S extends Service> {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;
  private closed = false;

  constructor(
    private readonly name: ServiceName,
    private readonly configuration: Configuration,
    private readonly options: ThreadOptions = {},
  ) {}

  /** Throws RequestError for what the service refuses and for what takes too long, Error for a bug in it. */
  call<M extends keyof S & string>(method: M, argument: ArgumentOf<S, M>): Promise<OutputOf<S, M>> {
    return this.send(method, argument, false) as Promise<OutputOf<S, M>>;
  }

  /** The same as JSON in UTF-8, written out in the thread: to be passed on, however large. */
  callJson<M extends keyof S & string>(method: M, argument: ArgumentOf<S, M>): Promise<Uint8Array> {
    return this.send(method, argument, true) as Promise<Uint8Array>;
  }

  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    if (!worker) return;
    const patience = new AbortController();
    await Promise.race([worker.terminate(), sleep(patienceMilliseconds, undefined, { signal: patience.signal })]);
    patience.abort();
  }

  private send(method: string, argument: unknown, asJson: boolean): Promise<unknown> {
    if (this.closed) return Promise.reject(new RequestError(503, 'the server is stopping'));
    const worker = (this.worker ??= this.start());
    const id = this.calls++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      const message: CallMessage = { id, method, argument, asJson };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(message);
    });
  }

  private start(): Worker {
    const { entry, options } = threadEntry(this.options.entry);
    const worker = new Worker(entry, {
      name: this.name,
      workerData: { service: this.name, configuration: this.configuration },
      ...options,
    });
    worker.on('message', (reply: ReplyMessage) => {
      const call = this.pending.get(reply.id);
      if (!call) return;
      if ('began' in reply) {
        const { limitMilliseconds = usualLimit } = this.options;
        call.timer = setTimeout(() => this.giveUp(worker, reply.id, limitMilliseconds), limitMilliseconds).unref();
        return;
      }
      this.forget(reply.id);
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

  private forget(id: number): Pending | undefined {
    const call = this.pending.get(id);
    clearTimeout(call?.timer);
    this.pending.delete(id);
    return call;
  }

  /** A call took too long: it is refused, and whatever else waits for the thread is lost with it. */
  private giveUp(worker: Worker, id: number, limit: number): void {
    this.forget(id)?.reject(
      new RequestError(504, `this took longer than ${inWords(limit)} and was given up`, {
        hint: 'the commands in the terminal (secuml show, export, compare) have no such limit',
      }),
    );
    this.lose(worker, new RequestError(503, 'what was asked for before took too long and was ended: try again'));
    void worker.terminate();
  }

  /** The thread died: who waits for it is told. */
  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const failure = this.closed ? new RequestError(503, 'the server is stopping') : error;
    for (const id of this.pending.keys()) this.forget(id)?.reject(failure);
  }
}

const inWords = (milliseconds: number): string =>
  milliseconds < 60_000 ? counted(milliseconds / 1000, 'second') : counted(milliseconds / 60_000, 'minute');

function bugOf(stack: string): Error {
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}

/** The thread's compiled file; when running from source (tests), lines that import the TypeScript file through tsx. */
function threadEntry(given: URL | undefined): { entry: string | URL; options: WorkerOptions } {
  if (given) return { entry: given, options: {} };
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(fromSource ? './server-thread.ts' : './server-thread.js', import.meta.url);
  if (!fromSource) return { entry: url, options: {} };
  const file = JSON.stringify(url.href);
  return { entry: `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`, options: { eval: true } };
}
