import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { BallIndex } from '../../../src/ml/neighbours/ball-index.js';
import { distinctRows } from '../../../src/ml/neighbours/distinct-rows.js';
import { InvertedIndex } from '../../../src/ml/neighbours/inverted-index.js';
import { NeighbourList } from '../../../src/ml/neighbours/neighbour-list.js';

const dimensions = 3;
// Few values, so that there are ties, equal points and zeros, and now and then a real number.
const cell = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -3, max: 3, noNaN: true }));
const point = fc.array(cell, { minLength: dimensions, maxLength: dimensions });
const problem = fc.record({
  points: fc.array(point, { minLength: 1, maxLength: 120 }),
  query: point,
  k: fc.integer({ min: 1, max: 12 }),
});

const squared = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);

/** All points up to the distance of the k-th, by measuring every one. */
function byMeasuring(points: number[][], query: number[], k: number): number[] {
  const distances = points.map((p) => squared(p, query));
  const sorted = [...distances].sort((a, b) => a - b);
  const reach = sorted[Math.min(k, points.length) - 1] * (1 + 1e-9);
  return [...distances.keys()].filter((i) => distances[i] <= reach);
}

describe('nearest neighbours', () => {
  it('are those that measuring every point finds, in balls and in an inverted index', () => {
    fc.assert(
      fc.property(problem, ({ points, query, k }) => {
        const expected = byMeasuring(points, query, k);
        const X = denseFromRows(points);
        const once = new Uint32Array(points.length).fill(1);
        const list = new NeighbourList(k, once);
        const columns = [...query.keys()].filter((j) => query[j] !== 0);
        const cells = [Uint32Array.from(columns), Float64Array.from(columns, (j) => query[j])] as const;
        new BallIndex(X.values, dimensions, k, once).search(...cells, columns.length, list);
        expect([...list.points].sort((a, b) => a - b)).toEqual(expected);
        list.clear();
        new InvertedIndex(toSparse(X), k, once).search(...cells, columns.length, list);
        expect([...list.points].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('count a point as often as it stands for rows', () => {
    const multiplicity = Uint32Array.of(2, 1, 5);
    const list = new NeighbourList(3, multiplicity);
    const index = new BallIndex(Float64Array.of(0, 1, 5), 1, 3, multiplicity);
    index.search(Uint32Array.of(), Float64Array.of(), 0, list);
    expect(list.points).toEqual([0, 1]);
  });
});

describe('distinctRows', () => {
  it('groups rows that are equal in every cell', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (rows) => {
        const key = (row: readonly number[]): string => row.map((value) => value + 0).join();
        for (const X of [denseFromRows(rows), toSparse(denseFromRows(rows))]) {
          const { representative, groupOf } = distinctRows(X);
          expect(representative.length).toBe(new Set(rows.map(key)).size);
          rows.forEach((row, i) => expect(key(rows[representative[groupOf[i]]])).toBe(key(row)));
        }
      }),
    );
  });

  it('leaves rows out', () => {
    const { representative, groupOf } = distinctRows(denseFromRows([[1], [2], [1]]), Uint8Array.of(0, 1, 1));
    expect([...representative]).toEqual([1, 2]);
    expect([...groupOf]).toEqual([-1, 0, 1]);
  });
});
