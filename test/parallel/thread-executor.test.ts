import { afterAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.js';
import { defineTask } from '../../src/ml/fit-context.js';
import { threadExecutor } from '../../src/parallel/thread-executor.js';

/** Not in the registry: only the calling thread can run it. */
const doubled = defineTask({
  id: 'test-doubled',
  run: ({ by }: { by: number }, item: number) => by * item,
});

const items = Array.from({ length: 40 }, (_, i) => i);

describe('threadExecutor', () => {
  const executor = threadExecutor(2);
  afterAll(() => executor.close());

  it('runs little work in small pieces in the calling thread', async () => {
    const session = executor.open({ by: 2 });
    const done: number[] = [];
    const outputs = await session.map(doubled, items, { seconds: 0.9, progress: (count) => void done.push(count) });
    expect(outputs).toEqual(items.map((item) => 2 * item));
    expect(done).toEqual(items.map((item) => item + 1));
  });

  it('lets the event loop turn between the pieces, so that they can be cancelled', async () => {
    const signal = { cancelled: false };
    setImmediate(() => {
      signal.cancelled = true;
    });
    const session = executor.open({ by: 2 });
    let done = 0;
    const mapped = session.map(doubled, items, { seconds: 0, signal, progress: (count) => void (done = count) });
    await expect(mapped).rejects.toBeInstanceOf(InterruptedError);
    expect(done).toBeLessThan(5);
  });

  it('takes what is large, or of unknown size, to a thread', async () => {
    const session = executor.open({ by: 2 });
    // A thread does not know this task.
    for (const seconds of [1.1, undefined]) await expect(session.map(doubled, items, { seconds })).rejects.toThrow();
    // Too long for one piece.
    await expect(session.map(doubled, [1], { seconds: 0.5 })).rejects.toThrow();
  });
});
