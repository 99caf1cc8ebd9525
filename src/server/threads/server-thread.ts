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
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void answer(message).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ id, method, argument }: CallMessage): Promise<ReplyMessage> {
  try {
    return { id, output: await (await theService())[method](argument as never) };
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
