import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { computeIteration } from '../experiments/labelling/compute-iteration.js';
import { threadExecutor } from '../parallel/thread-executor.js';
import type { IterationMessage, ThreadData, ThreadReply } from './messages.js';

// The entry of the thread that a loop's iterations are computed in, one after the other. What strategies keep from one
// to the next (of the same features) stays in it.

const { dataset, truth, X, validationDatasets, settings, threads } = workerData as ThreadData;
const executor = threadExecutor(threads);

function post(reply: ThreadReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply);
}

async function compute({ labels, ...message }: IterationMessage): Promise<ThreadReply> {
  const input = { ...message, dataset: { ...dataset, labels, truth }, X, validationDatasets };
  const context = {
    seed: settings.seed,
    executor,
    stage: (stage: string) => post({ stage }),
    progress: (done: number, total: number) => post({ done, total }),
  };
  try {
    const { figures, warnings } = await computeIteration(input, settings, context, (group) => post({ group }));
    return { figures, warnings };
  } catch (error) {
    if (error instanceof UserError) return { refusal: { message: error.message, hint: error.hint } };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (message: IterationMessage) => void compute(message).then(post));
