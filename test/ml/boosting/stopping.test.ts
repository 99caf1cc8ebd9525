import { expect, test } from 'vitest';
import { logisticLoss } from '../../../src/ml/boosting/losses.js';
import { StoppingWatch } from '../../../src/ml/boosting/stopping.js';

const rule = { validationFraction: 0.1, patience: 10, tol: 1e-7 };

test('a tenth of each class of a million rows is kept aside, each row on one side', () => {
  const y = Uint32Array.from({ length: 1_000_000 }, (_, i) => (i % 10 === 3 ? 1 : 0));
  const { training, kept } = new StoppingWatch(rule, y, new Float64Array(y.length).fill(1), 7);
  expect(training.length).toBe(900_000);
  expect(kept.filter((row) => y[row] === 1).length).toBe(10_000);
  const sides = new Uint8Array(y.length);
  for (const row of training) sides[row]++;
  for (const row of kept) sides[row]++;
  expect(sides.every((count) => count === 1)).toBe(true);
  expect(kept.every((row, k) => k === 0 || row > kept[k - 1])).toBe(true);
});

test('a class without rows is no hindrance', () => {
  const { training, kept } = new StoppingWatch(
    rule,
    Uint32Array.from({ length: 40 }, (_, i) => 2 * (i % 2)),
    new Float64Array(40).fill(1),
    0,
  );
  expect([training.length, kept.length]).toEqual([36, 4]);
});

test('rounds end when the loss on the rows kept aside has not fallen for as long as the rule waits', () => {
  const y = Uint32Array.from({ length: 60 }, (_, i) => i % 2);
  const watch = new StoppingWatch({ ...rule, patience: 2 }, y, new Float64Array(60).fill(1), 0);
  const said = (confidence: number): Float64Array => Float64Array.from(y, (k) => (k === 1 ? confidence : -confidence));
  expect(watch.shouldStop(logisticLoss, said(1))).toBe(false);
  expect(watch.shouldStop(logisticLoss, said(0.5))).toBe(false);
  expect(watch.shouldStop(logisticLoss, said(2))).toBe(false);
  expect(watch.shouldStop(logisticLoss, said(2))).toBe(false);
  // What is said of the rows to learn from does not count.
  const elsewhere = said(2);
  for (const row of watch.training) elsewhere[row] *= 5;
  expect(watch.shouldStop(logisticLoss, elsewhere)).toBe(true);
});
