import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { minimiseLbfgs } from '../../../src/ml/optimisation/l-bfgs.js';
import { expectedMistakes } from '../../../src/ml/projection/algorithms/nca.js';

interface Golden {
  readonly points: number[];
  readonly classes: number[];
  readonly d: number;
  readonly some: number[];
  readonly objectiveOfSome: number;
  readonly reached: number;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/nca.json', import.meta.url), 'utf8')) as Golden;
const { d } = golden;
const classed = {
  points: Float64Array.from(golden.points),
  classes: Int32Array.from(golden.classes),
  count: golden.classes.length,
  dimensions: d,
};

it('has the objective of scikit-learn, and the gradient of that objective', () => {
  const some = Float64Array.from(golden.some);
  const gradient = new Float64Array(2 * d);
  expect(expectedMistakes(classed, some, gradient)).toBeCloseTo(-golden.objectiveOfSome, 10);
  const step = 1e-6;
  const rest = new Float64Array(2 * d);
  some.forEach((value, at) => {
    const [low, high] = [some.slice(), some.slice()];
    low[at] = value - step;
    high[at] = value + step;
    const slope = (expectedMistakes(classed, high, rest) - expectedMistakes(classed, low, rest)) / (2 * step);
    expect(gradient[at]).toBeCloseTo(slope, 6);
  });
});

it('reaches what scikit-learn reaches from the same start', () => {
  const start = new Float64Array(2 * d);
  start[0] = start[d + 1] = 1;
  const f = (A: Float64Array, gradient: Float64Array): number => expectedMistakes(classed, A, gradient);
  const { value } = minimiseLbfgs(f, start, { tolerance: 1e-7, maxIterations: 500 });
  expect(-value).toBeGreaterThan(golden.reached - 0.02);
});
