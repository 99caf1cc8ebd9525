import { expect, it } from 'vitest';
import { marginLoss, nearestOfClass } from '../../../src/ml/projection/algorithms/lmnn.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const stream = randomStream(3, 'test');
const [count, dimensions] = [30, 4];
const classed = {
  points: Float64Array.from({ length: count * dimensions }, () => stream.normal()),
  count,
  dimensions,
  classes: Int32Array.from({ length: count }, (_, i) => i % 3),
};

it('pulls the nearest of the own class', () => {
  const line = {
    points: Float64Array.of(0, 1, 3, 7, 2),
    count: 5,
    dimensions: 1,
    classes: Int32Array.of(0, 0, 0, 0, 1),
  };
  expect(nearestOfClass(line, 2)).toEqual([[1, 2], [0, 2], [1, 0], [2, 1], []]);
});

it('counts what it says: pulls, and hinges of those within the margin', () => {
  const points = Float64Array.of(0, 1, 1.5);
  const three = { points, count: 3, dimensions: 1, classes: Int32Array.of(0, 0, 1) };
  // 0 → 1: near 1, other at 2.25: hinge 0 below 1 + 1 − 2.25 < 0. 1 → 0: near 1, other at 0.25: hinge 1.75.
  const loss = marginLoss(three, [[1], [0], []], 0.5, Float64Array.of(1), new Float64Array(1));
  expect(loss).toBeCloseTo((0.5 * (1 + 1) + 0.5 * 1.75) / 3, 12);
});

it('has the gradient of its loss', () => {
  const targets = nearestOfClass(classed, 3);
  const L = Float64Array.from({ length: 3 * dimensions }, () => stream.normal());
  const gradient = new Float64Array(L.length);
  marginLoss(classed, targets, 0.4, L, gradient);
  const rest = new Float64Array(L.length);
  L.forEach((value, at) => {
    const [low, high] = [L.slice(), L.slice()];
    low[at] = value - 1e-6;
    high[at] = value + 1e-6;
    const rise = marginLoss(classed, targets, 0.4, high, rest) - marginLoss(classed, targets, 0.4, low, rest);
    expect(gradient[at]).toBeCloseTo(rise / 2e-6, 4);
  });
});
