import { expect, it } from 'vitest';
import { classSeparation } from '../../../src/ml/projection/class-separation.js';

it('tells how far classes lie apart', () => {
  // Two pairs a distance of 1 within, 10 between.
  const line = Float64Array.of(0, 1, 10, 11);
  const mean = (10 + 11 + 9 + 10) / 4;
  expect(classSeparation(line, 1, Int32Array.of(0, 0, 1, 1))).toBeCloseTo(1 / mean, 12);
  expect(classSeparation(line, 1, Int32Array.of(0, 0, 0, -1))).toBeNull();
});
