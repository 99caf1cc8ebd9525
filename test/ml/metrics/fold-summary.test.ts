import { describe, expect, it } from 'vitest';
import { summariseFolds } from '../../../src/ml/metrics/fold-summary.js';
import { studentQuantile } from '../../../src/ml/metrics/student-quantile.js';
import golden from '../../golden/fold-summary.json' with { type: 'json' };

describe('studentQuantile', () => {
  it.each(golden.quantiles)('of level $level, $degrees degrees', ({ level, degrees, quantile }) => {
    // SciPy's own error is of about 1e-9.
    expect(Math.abs(studentQuantile(level, degrees) - quantile)).toBeLessThanOrEqual(1e-8 * (1 + quantile));
  });

  it('has the closed forms of one and two degrees', () => {
    expect(studentQuantile(0.95, 1)).toBeCloseTo(Math.tan((Math.PI / 2) * 0.95), 11);
    expect(studentQuantile(0.95, 2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 13);
  });
});

describe('summariseFolds', () => {
  it.each(golden.folds)('as SciPy has it: $values', ({ values, share, mean, std, low, high }) => {
    const found = summariseFolds(values, share);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.std).toBeCloseTo(std, 12);
    expect(found.low).toBeCloseTo(low, 8);
    expect(found.high).toBeCloseTo(high, 8);
  });

  it('has no spread of a single fold, and none of equal ones', () => {
    expect(summariseFolds([0.9], 1)).toEqual({ mean: 0.9, std: null, low: null, high: null });
    expect(summariseFolds([0.5, 0.5], 1)).toEqual({ mean: 0.5, std: 0, low: 0.5, high: 0.5 });
  });
});
