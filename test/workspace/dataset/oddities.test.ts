import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseMatrix, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { findOddities } from '../../../src/workspace/dataset/oddities.js';

const featureNames = ['constant', 'varies', 'zeros', 'often zero'];
const rows = [
  [7, 1, 0, 5],
  [7, 2, 0, 0],
  [7, 1, 0, 5],
  [7, 1, 0, 5],
  [7, 2, 0, 0],
];

function odditiesOf(X: FeatureMatrix, label: readonly number[]) {
  return findOddities({ X, featureNames, labels: { label: Int8Array.from(label) } } as unknown as Dataset);
}

describe('oddities of a dataset', () => {
  const dense = denseMatrix(5, 4, Float64Array.from(rows.flat()));

  it.each([
    ['dense', dense],
    ['sparse', toSparse(dense)],
  ])('tells constant features, repeated rows and those whose labels differ: %s', (_, X) => {
    expect(odditiesOf(X, [1, 0, 0, -1, 0])).toStrictEqual({
      constantFeatures: ['constant', 'zeros'],
      repeatedRows: 3,
      contradictoryRows: 1,
    });
  });

  it('takes a feature for constant whose only other cells are missing', () => {
    const X = denseMatrix(2, 4, Float64Array.of(Number.NaN, 1, 2, Number.NaN, 3, 1, Number.NaN, Number.NaN));
    expect(odditiesOf(X, [1, 1]).constantFeatures).toStrictEqual(featureNames);
  });
});
