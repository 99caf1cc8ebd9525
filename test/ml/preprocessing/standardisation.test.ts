import { describe, expect, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { standardisedDesign } from '../../../src/ml/preprocessing/standardisation-design.js';
import { columnScaling } from '../../../src/ml/preprocessing/standardisation.js';

const column = (values: readonly number[]) => denseFromRows(values.map((value) => [value]));

describe('columnScaling', () => {
  it('gives mean and population standard deviation', () => {
    const { mean, scale, constant } = columnScaling(column([2, 4, 4, 4, 5, 5, 7, 9]));
    expect(mean[0]).toBeCloseTo(5, 14);
    expect(scale[0]).toBeCloseTo(2, 14);
    expect(constant[0]).toBe(0);
  });

  it('counts the zeros of a sparse matrix', () => {
    const rows = [
      [0, 3],
      [0, 0],
      [4, 0],
      [0, -1],
    ];
    const dense = columnScaling(denseFromRows(rows));
    const sparse = columnScaling(toSparse(denseFromRows(rows)));
    for (let j = 0; j < 2; j++) {
      expect(sparse.mean[j]).toBeCloseTo(dense.mean[j], 14);
      expect(sparse.scale[j]).toBeCloseTo(dense.scale[j], 14);
    }
  });

  it('weighs rows: a weight of 2 is the row twice', () => {
    const weighted = columnScaling(column([1, 5, 6]), Float64Array.of(2, 1, 1));
    const repeated = columnScaling(column([1, 1, 5, 6]));
    expect(weighted.mean[0]).toBeCloseTo(repeated.mean[0], 14);
    expect(weighted.scale[0]).toBeCloseTo(repeated.scale[0], 14);
  });

  it.each([
    { name: 'one value', values: [7, 7, 7] },
    { name: 'zeros', values: [0, 0, 0] },
    { name: 'a difference of rounding', values: [0.1 + 0.2, 0.3, 0.3] },
    { name: 'rounding at a large scale', values: [3e15, 3e15 + 2, 3e15] },
    { name: 'one row', values: [5] },
  ])('calls $name constant, with scale 1', ({ values }) => {
    for (const X of [column(values), toSparse(column(values))]) {
      const { constant, scale } = columnScaling(X);
      expect(constant[0]).toBe(1);
      expect(scale[0]).toBe(1);
    }
  });

  it('keeps small variations beside a large offset', () => {
    const { mean, scale, constant } = columnScaling(column([1.6e9, 1.6e9 + 1, 1.6e9 + 2, 1.6e9 + 3]));
    expect(constant[0]).toBe(0);
    expect(mean[0]).toBeCloseTo(1.6e9 + 1.5, 6);
    expect(scale[0]).toBeCloseTo(Math.sqrt(1.25), 12);
  });

  it('stays finite near the limits of a double', () => {
    const huge = columnScaling(column([-1.7e308, 1.7e308, 1.7e308]));
    expect(huge.mean[0]).toBeCloseTo(1.7e308 / 3, -296);
    expect(huge.scale[0] / 1.7e308).toBeCloseTo(Math.sqrt(8) / 3, 12);
    const tiny = columnScaling(column([0, 1e-300, 2e-300]));
    expect(tiny.scale[0] / 1e-300).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect(columnScaling(column([0, 5e-324])).scale[0]).toBeGreaterThan(0);
  });

  it('only looks for constant columns when not standardising', () => {
    const { mean, scale, constant } = columnScaling(
      denseFromRows([
        [1, 4],
        [3, 4],
      ]),
      undefined,
      false,
    );
    expect([...mean]).toEqual([0, 0]);
    expect([...scale]).toEqual([1, 1]);
    expect([...constant]).toEqual([0, 1]);
  });
});

it('standardises the largest doubles without overflow on the way', () => {
  const X = column([Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE]);
  const { design } = standardisedDesign(X);
  const plain = standardisedDesign(column([1, -1, 1, 1])).design;
  const cells = (of: typeof design) => {
    const out = new Float64Array(4);
    of.multiply(Float64Array.of(1, 0), out);
    return out;
  };
  cells(design).forEach((value, i) => expect(value).toBeCloseTo(cells(plain)[i], 12));
});
