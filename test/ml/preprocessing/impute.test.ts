import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { fitMedianImputer, reviveImputer } from '../../../src/ml/preprocessing/impute.js';
import { selectMedian } from '../../../src/ml/preprocessing/median.js';

const missing = Number.NaN;
const training = denseFromRows([
  [1, missing, 5, missing],
  [2, 10, 6, missing],
  [9, 30, 7, missing],
  [4, missing, 8, missing],
]);

const cells = (X: { values: Float64Array }): number[] => Array.from(X.values);

describe('median imputation', () => {
  const imputer = fitMedianImputer(training);

  it('fills with the training median and marks what was missing', () => {
    const filled = imputer.apply(
      denseFromRows([
        [missing, missing, 3, missing],
        [1, 2, missing, 4],
      ]),
    );
    expect(filled.columns).toBe(6);
    expect(cells(filled)).toEqual([3, 20, 3, 0, 1, 1, 1, 2, 6.5, 4, 0, 0]);
  });

  it('names the indicators, and says which columns were empty', () => {
    expect(imputer.featureNames(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c', 'd', 'b is missing', 'd is missing']);
    expect(imputer.warnings(['a', 'b', 'c', 'd'])).toEqual(['d has no value in any training row: it is filled with 0']);
  });

  it('leaves complete data as it is', () => {
    const complete = fitMedianImputer(
      denseFromRows([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(complete.apply(training.columns === 4 ? denseFromRows([[5, 6]]) : training).columns).toBe(2);
    const sparse = toSparse(denseFromRows([[0, 6]]));
    expect(complete.apply(sparse)).toBe(sparse);
  });

  it('refuses data of another width, and sparse data where indicators are due', () => {
    expect(() => imputer.apply(denseFromRows([[1, 2]]))).toThrow(RangeError);
    expect(() => imputer.apply(toSparse(denseFromRows([[1, 2, 3, 4]])))).toThrow(UserError);
  });

  it('survives JSON', () => {
    const revived = reviveImputer(JSON.parse(JSON.stringify(imputer.toJSON())));
    expect(cells(revived.apply(training))).toEqual(cells(imputer.apply(training)));
    expect(revived.warnings(['a', 'b', 'c', 'd'])).toHaveLength(1);
  });

  it.each([
    {},
    { medians: [1, null], indicators: [], empty: [] },
    { medians: [1], indicators: [1], empty: [] },
    { medians: [1, 2], indicators: [1, 0], empty: [] },
    { medians: [1, 2], indicators: [0], empty: 'none' },
  ])('refuses malformed JSON: %j', (json) => {
    expect(() => reviveImputer(json)).toThrow(UserError);
  });
});

describe('selectMedian', () => {
  it('is the middle of the sorted values', () => {
    const value = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(value, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 60 }),
        (values) => {
          const sorted = Float64Array.from(values).sort();
          const high = sorted[values.length >> 1];
          const low = sorted[(values.length - 1) >> 1];
          expect(selectMedian(Float64Array.from(values))).toBe((low === high ? low : low / 2 + high / 2) + 0);
        },
      ),
    );
  });

  it('does not overflow', () => {
    expect(selectMedian(Float64Array.of(1.6e308, 1.7e308))).toBeCloseTo(1.65e308, -296);
  });
});
