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

// A worker serves one session at a time; what it kept for an earlier one is dropped.
let memoSession = -1;
let memos = new Map<string, unknown>();

export default async function runTask(message: TaskMessage): Promise<unknown> {
  if (message.session !== memoSession) {
    memoSession = message.session;
    memos = new Map();
  }
  const signal: CancelSignal = {
    get cancelled() {
      return Atomics.load(message.cancel, 0) !== 0;
    },
  };
  const task = tasks[message.task as keyof typeof tasks];
  return task.run(message.shared as never, message.item as never, inlineContext(memos, signal));
}
