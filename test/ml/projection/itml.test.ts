import { expect, it } from 'vitest';
import { bregmanProjections } from '../../../src/ml/projection/algorithms/itml.js';
import { randomStream } from '../../../src/ml/random/stream.js';

it('brings pairs of a class below one distance and others above another, where they outweigh all else', () => {
  const stream = randomStream(1, 'test');
  const p = 3;
  // Alike pairs differ along the first axis, others along the second, a little along the third.
  const pairs = Array.from({ length: 40 }, (_, k) => {
    const alike = k % 2 === 0;
    const size = 1 + stream.float();
    return { alike, difference: Float64Array.of(alike ? size : 0, alike ? 0 : size, 0.1 * stream.normal()) };
  });
  const metric = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const round = bregmanProjections(metric, p, pairs, { near: 0.5, far: 3 }, 1e9);
  for (let k = 0; k < 500; k++) round();
  for (const { alike, difference } of pairs) {
    let distance = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) distance += difference[i] * metric[i * p + j] * difference[j];
    }
    if (alike) expect(distance).toBeLessThan(0.5 * 1.001);
    else expect(distance).toBeGreaterThan(3 * 0.999);
  }
  // The third axis was hardly asked about.
  expect(Math.abs(metric[8] - 1)).toBeLessThan(0.2);
});
