import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VarianceCells } from '../../../src/ml/active-learning/variance-cells.js';
import { denseMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';

const shapes = (cells: readonly { rows: Uint32Array }[]): number[][] => cells.map(({ rows }) => [...rows].sort());

const matrices = array(tuple(integer({ min: -3, max: 3 }), integer({ min: -3, max: 3 })), {
  minLength: 1,
  maxLength: 30,
}).map((rows) => denseMatrix(rows.length, 2, Float64Array.from(rows.flat())));

describe('VarianceCells', () => {
  it('cuts the widest feature of the widest cell at its mean', () => {
    const X = denseMatrix(4, 2, Float64Array.of(0, 0, 0, 1, 10, 0, 10, 3));
    expect(shapes(new VarianceCells(X).first(2))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const [low, last, high] = new VarianceCells(X).first(3);
    expect(shapes([low, last, high])).toEqual([[0, 1], [2], [3]]);
    expect([...low.mean]).toEqual([0, 0.5]);
    expect(low.spread).toBe(0.5);
    expect(low.widest).toBe(1);
    expect(last.widest).toBe(-1);
  });

  it('divides the rows: each in one cell, as many cells as wanted or as there are distinct rows', () => {
    assert(
      property(matrices, integer({ min: 1, max: 40 }), (X, count) => {
        const cells = new VarianceCells(X).first(count);
        expect(
          shapes(cells)
            .flat()
            .sort((a, b) => a - b),
        ).toEqual([...Array(X.rows).keys()]);
        const distinct = new Set(Array.from({ length: X.rows }, (_, i) => `${X.values[2 * i]} ${X.values[2 * i + 1]}`));
        expect(cells.length).toBe(Math.min(count, distinct.size));
      }),
    );
  });

  it('gives the same whatever was asked for before, and for sparse rows', () => {
    assert(
      property(matrices, integer({ min: 1, max: 9 }), integer({ min: 1, max: 9 }), (X, before, count) => {
        const cells = new VarianceCells(X);
        cells.first(before);
        const fresh = new VarianceCells(X).first(count);
        expect(cells.first(count)).toEqual(fresh);
        expect(shapes(new VarianceCells(toSparse(X)).first(count))).toEqual(shapes(fresh));
      }),
    );
  });

  it('cuts where the mean rounds to the largest value', () => {
    const X = denseMatrix(3, 1, Float64Array.of(1e16, 1e16, 1e16 + 2));
    expect(shapes(new VarianceCells(X).first(3))).toEqual([[0, 1], [2]]);
  });
});
