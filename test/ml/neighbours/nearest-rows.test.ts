import { afterAll, expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { denseMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { nearestRows } from '../../../src/ml/neighbours/nearest-rows.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

function points(): ReturnType<typeof denseMatrix> {
  const stream = randomStream(2, 'points');
  const X = denseMatrix(300, 3);
  for (let at = 0; at < X.values.length; at++) X.values[at] = stream.below(9);
  return X;
}

it('finds the nearest others with all ties, on any executor, dense or sparse', async () => {
  const X = points();
  const rows = [3, 0, 299, 150];
  const lists = await nearestRows(X, rows, 5, { seed: 1, executor: inlineExecutor });
  rows.forEach((row, i) => {
    const distance = (other: number): number =>
      [0, 1, 2].reduce((sum, j) => sum + (X.values[3 * row + j] - X.values[3 * other + j]) ** 2, 0);
    const others = Array.from({ length: 300 }, (_, other) => other).filter((other) => other !== row);
    others.sort((a, b) => distance(a) - distance(b) || a - b);
    const reach = distance(others[4]);
    expect([...lists[i]]).toEqual(others.filter((other) => distance(other) <= reach));
  });
  for (const other of [
    await nearestRows(points(), rows, 5, { seed: 1, executor: threads }),
    await nearestRows(toSparse(points()), rows, 5, { seed: 1, executor: inlineExecutor }),
  ]) {
    expect(other).toEqual(lists);
  }
});

it('looks for a row once; a cancelled search is none; fewer rows than neighbours are all of them', async () => {
  const X = points();
  const signal = { cancelled: true };
  await expect(nearestRows(X, [1], 3, { seed: 1, executor: inlineExecutor, signal })).rejects.toThrow(InterruptedError);
  const [first] = await nearestRows(X, [1], 3, { seed: 1, executor: inlineExecutor });
  const [second, again] = await nearestRows(X, [2, 1], 3, { seed: 1, executor: inlineExecutor });
  expect(again).toBe(first);
  expect(second).not.toEqual(first);
  const two = denseMatrix(2, 1);
  expect(await nearestRows(two, [0], 3, { seed: 1, executor: inlineExecutor })).toEqual([Uint32Array.of(1)]);
});
