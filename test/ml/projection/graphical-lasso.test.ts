import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { graphicalLasso } from '../../../src/ml/projection/graphical-lasso.js';

interface Golden {
  readonly p: number;
  readonly alpha: number;
  readonly covariance: number[];
  readonly precision: number[];
}

const cases = JSON.parse(
  readFileSync(new URL('../../golden/graphical-lasso.json', import.meta.url), 'utf8'),
) as Golden[];

it.each(cases)('is that of scikit-learn: $p columns, alpha $alpha', ({ p, alpha, covariance, precision }) => {
  const found = graphicalLasso(Float64Array.from(covariance), p, alpha);
  expect(found.converged).toBe(true);
  const largest = Math.max(...precision.map(Math.abs));
  precision.forEach((value, at) => {
    expect(Math.abs(found.precision[at] - value)).toBeLessThan(1e-5 * largest);
    expect(found.precision[at] === 0).toBe(value === 0);
  });
});
