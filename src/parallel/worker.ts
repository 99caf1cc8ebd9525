import { InterruptedError, UserError } from '../errors.js';
import type { CancelSignal } from '../ml/fit-context.js';
import { tasks } from '../ml/tasks/registry.js';
import { inlineContext } from './inline-executor.js';

/** What a worker thread is sent for one task. `cancel` is one shared word: 0 go on, 1 stop. */
export interface TaskMessage {
  readonly task: string;
  readonly session: number;
  readonly shared: Record<string, unknown>;
  readonly item: unknown;
  readonly cancel: Int32Array;
}

/** What a worker answers. An error's class does not survive the way between threads, so those we know are spelled out. */
export type TaskReply =
  | { readonly output: unknown }
  | { readonly userError: { message: string; hint?: string } }
  | { readonly interrupted: true };

// A worker serves one session at a time; what it kept for an earlier one is dropped.
let memoSession = -1;
let memos = new Map<string, unknown>();

export default async function runTask(message: TaskMessage): Promise<TaskReply> {
  if (message.session !== memoSession) {
    memoSession = message.session;
    memos = new Map();
  }
  const signal: CancelSignal = {
    get cancelled() {
      return Atomics.load(message.cancel, 0) !== 0;
    },
  };
  // Not every task polls; those that wait in the queue when the work is cancelled are not begun.
  if (signal.cancelled) return { interrupted: true };
  const task = tasks[message.task as keyof typeof tasks];
  try {
    return { output: await task.run(message.shared as never, message.item as never, inlineContext(memos, signal)) };
  } catch (error) {
    if (error instanceof InterruptedError) return { interrupted: true };
    if (error instanceof UserError) return { userError: { message: error.message, hint: error.hint } };
    throw error;
  }
}
