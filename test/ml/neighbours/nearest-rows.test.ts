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
  const X = denseMatrix(600, 4);
  for (let i = 0; i < 600; i++) for (let j = 0; j < 4; j++) X.values[4 * i + j] = j === 3 ? 7 : stream.below(9);
  return X;
}

it('finds the nearest of every row, on any executor, dense or sparse', async () => {
  const X = points();
  const { groupOf, neighbours } = await nearestRows(X, 5, { seed: 1, executor: inlineExecutor });
  const spread = [0, 1, 2].map((j) => {
    const cells = Array.from({ length: 600 }, (_, i) => X.values[4 * i + j]);
    const mean = cells.reduce((a, b) => a + b) / 600;
    return Math.sqrt(cells.reduce((a, b) => a + (b - mean) ** 2, 0) / 600);
  });
  const distance = (a: number, b: number): number =>
    spread.reduce((sum, s, j) => sum + ((X.values[4 * a + j] - X.values[4 * b + j]) / s) ** 2, 0);
  for (let row = 0; row < 600; row += 37) {
    const all = Array.from({ length: 600 }, (_, other) => distance(row, other));
    const reach = all.slice().sort((a, b) => a - b)[4];
    const near = new Set(neighbours[groupOf[row]]);
    all.forEach((d, other) => expect(near.has(groupOf[other])).toBe(d <= reach * (1 + 1e-9)));
  }
  const others = [
    await nearestRows(points(), 5, { seed: 1, executor: threads }),
    await nearestRows(toSparse(points()), 5, { seed: 1, executor: inlineExecutor }),
  ];
  for (const other of others) expect(other).toEqual({ groupOf, neighbours });
});

it('is computed once for a matrix; a cancelled search is none', async () => {
  const X = points();
  const signal = { cancelled: true };
  await expect(nearestRows(X, 3, { seed: 1, executor: inlineExecutor, signal })).rejects.toThrow(InterruptedError);
  const first = await nearestRows(X, 3, { seed: 1, executor: inlineExecutor });
  expect(await nearestRows(X, 3, { seed: 1, executor: inlineExecutor })).toBe(first);
});
