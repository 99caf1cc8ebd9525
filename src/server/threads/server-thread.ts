import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../errors.js';
import type { Configuration } from '../../workspace/configuration.js';
import { RequestError } from '../http/failure.js';
import { type ServiceName, services } from './registry.js';
import type { CallMessage, ReplyMessage, Service } from './service.js';

// The entry of every thread of the server: it makes the service it was started for and answers calls.

const { service: name, configuration } = workerData as { service: ServiceName; configuration: Configuration };
let service: Promise<Service> | undefined;

parentPort?.on('message', (message: CallMessage) => {
  post({ id: message.id, began: true });
  void answer(message).then(post);
});

/** Bytes are handed over rather than copied, so that they cost the thread that speaks HTTP nothing. */
function post(reply: ReplyMessage): void {
  const output = 'output' in reply ? reply.output : undefined;
  const values = typeof output === 'object' && output !== null ? [output, ...Object.values(output)] : [];
  const bytes = values.filter((value): value is Uint8Array<ArrayBuffer> => value instanceof Uint8Array);
  parentPort?.postMessage(
    reply,
    bytes.map(({ buffer }) => buffer),
  );
}

async function answer({ id, method, argument, asJson }: CallMessage): Promise<ReplyMessage> {
  try {
    const output = await (await theService())[method](argument as never);
    return { id, output: asJson ? new TextEncoder().encode(JSON.stringify(output)) : output };
  } catch (error) {
    if (error instanceof UserError) {
      const status = error instanceof RequestError ? error.status : 400;
      return { id, refusal: { status, message: error.message, hint: error.hint } };
    }
    return { id, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The service, made with the first call; tried again where that failed (a database out of reach). */
function theService(): Promise<Service> {
  service ??= (services[name](configuration) as Promise<Service>).catch((error: unknown) => {
    service = undefined;
    throw error;
  });
  return service;
}
