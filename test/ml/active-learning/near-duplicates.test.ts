import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monotoneScales } from '../../../src/ml/active-learning/monotone-scales.js';
import { nearDuplicateDistance, nearDuplicates } from '../../../src/ml/active-learning/near-duplicates.js';
import { denseFromRows, denseMatrix, selectRows, toDense, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream, shuffle } from '../../../src/ml/random/stream.js';

const idsOf = (n: number): string[] => Array.from({ length: n }, (_, i) => `id-${String(i).padStart(6, '0')}`);

/** Tables as data sets have them: counts, flags, measurements, now and then something huge. */
const tables = fc
  .record({ rows: fc.integer({ min: 1, max: 60 }), seed: fc.integer({ min: 0, max: 1e6 }) })
  .map(({ rows, seed }) => {
    const stream = randomStream(seed, 'near-duplicates test');
    const X = denseMatrix(rows, 4);
    for (let i = 0; i < rows; i++) {
      const huge = stream.below(20) === 0 ? 1e9 : 1;
      X.values.set([stream.below(2), huge * stream.below(50), 100 + stream.normal(), stream.below(3) - 1], 4 * i);
    }
    return X;
  });

/** The distance told in the docstring, worked out plainly from the definition. */
function plainDistance(X: ReturnType<typeof denseMatrix>, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < X.columns; j++) {
    const column = Array.from({ length: X.rows }, (_, i) => X.values[i * X.columns + j]);
    const mean = column.reduce((total, x) => total + x, 0) / X.rows;
    const deviation = Math.sqrt(column.reduce((total, x) => total + (x - mean) ** 2, 0) / X.rows);
    const rank = (x: number): number =>
      (column.filter((other) => other < x).length + column.filter((other) => other === x).length / 2) / X.rows;
    const [x, y] = [column[a], column[b]];
    if (x !== y) sum += Math.abs(rank(x) - rank(y)) + Math.abs(x - y) / deviation;
  }
  return sum;
}

describe('monotoneScales', () => {
  it('takes differences as the docstring tells them', () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.nat(), (X, first, second) => {
        const [a, b] = [first % X.rows, second % X.rows];
        const scaled = toDense(monotoneScales(X)).values;
        let apart = 0;
        for (let j = 0; j < 4; j++) apart += Math.abs(scaled[4 * a + j] - scaled[4 * b + j]);
        expect(apart).toBeCloseTo(plainDistance(X, a, b), 6);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for sparse cells, and leaves zeros alone', () => {
    fc.assert(
      fc.property(tables, (X) => {
        const sparse = monotoneScales(toSparse(X));
        const dense = monotoneScales(X);
        const column = (j: number): number[] => Array.from({ length: X.rows }, (_, i) => X.values[4 * i + j]);
        for (const j of [0, 1, 2, 3]) {
          // Without a zero in a column its origin is its least value in both.
          const [a, b] = [toDense(sparse).values, toDense(dense).values];
          column(j).forEach((value, i) => {
            expect(a[4 * i + j]).toBeCloseTo(b[4 * i + j], 12);
            if (value === 0) expect(b[4 * i + j]).toBe(0);
          });
        }
      }),
    );
  });

  it('stays finite at the ends of the numbers', () => {
    const X = denseFromRows([
      [-1.7e308, 5e-324, 1e300, 3],
      [1.7e308, 0, 1e300, Number.NaN],
      [0, -5e-324, 1e300, Number.NaN],
    ]);
    const { values } = toDense(monotoneScales(X));
    expect(values.every(Number.isFinite)).toBe(true);
    expect([values[2], values[6], values[10]]).toEqual([0, 0, 0]);
    expect(values[3] - values[7]).toBe(1);
  });
});

describe('nearDuplicates', () => {
  it('groups in stars: each member within the distance of its centre, the centre the first by id', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(0, 0.05, nearDuplicateDistance, 0.5, 2), (X, distance) => {
        const ids = idsOf(X.rows);
        const { groupOf, centre } = nearDuplicates(X, ids, distance);
        groupOf.forEach((group, row) => {
          expect(centre[group]).toBeLessThanOrEqual(row);
          expect(plainDistance(X, row, centre[group])).toBeLessThanOrEqual(distance + 1e-9);
        });
        expect(new Set(groupOf).size).toBe(centre.length);
        centre.forEach((row, group) => expect(groupOf[row]).toBe(group));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no centre near an earlier one', () => {
    // What hashing may miss is rarer than one of 4,000 pairs: on these tables it misses none.
    for (let seed = 0; seed < 40; seed++) {
      const stream = randomStream(seed, 'pairs');
      const X = denseMatrix(50, 4);
      for (let i = 0; i < 50; i++) X.values.set([stream.below(2), stream.below(4), 0.01 * stream.below(40), 1], 4 * i);
      const { centre } = nearDuplicates(X, idsOf(50), 0.2);
      for (const a of centre) for (const b of centre) if (a < b) expect(plainDistance(X, a, b)).toBeGreaterThan(0.2);
    }
  });

  it('puts exact duplicates together whatever the distance, and only them at 0', () => {
    fc.assert(
      fc.property(tables, (X) => {
        const twice = selectRows(
          X,
          Uint32Array.from({ length: 2 * X.rows }, (_, i) => i % X.rows),
        );
        for (const distance of [0, nearDuplicateDistance]) {
          const { groupOf } = nearDuplicates(twice, idsOf(twice.rows), distance);
          for (let i = 0; i < X.rows; i++) expect(groupOf[i + X.rows]).toBe(groupOf[i]);
        }
        const { groupOf } = nearDuplicates(X, idsOf(X.rows), 0);
        for (let i = 1; i < X.rows; i++) {
          const same = [0, 1, 2, 3].every((j) => X.values[4 * i + j] === X.values[j]);
          expect(groupOf[i] === groupOf[0]).toBe(same);
        }
      }),
    );
  });

  it('does not depend on the order of the file, nor on how cells are stored', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 1000 }), (X, seed) => {
        const ids = idsOf(X.rows);
        const groups = (of: typeof X | ReturnType<typeof toSparse>, names: string[]): Map<string, string> => {
          const { groupOf, centre } = nearDuplicates(of, names, 0.3);
          return new Map(names.map((id, row) => [id, names[centre[groupOf[row]]]]));
        };
        const order = Uint32Array.from(ids.keys());
        shuffle(order, randomStream(seed, 'order'));
        const other = selectRows(X, order) as typeof X;
        const once = groups(X, ids);
        expect(groups(toSparse(X), ids)).toEqual(once);
        for (const [id, centre] of groups(
          other,
          Array.from(order, (row) => ids[row]),
        )) {
          expect(centre).toBe(once.get(id));
        }
      }),
    );
  });

  it('does not follow chains', () => {
    const X = denseFromRows(Array.from({ length: 1000 }, (_, i) => [i]));
    const { centre } = nearDuplicates(X, idsOf(1000));
    // From one value to the next it is .001 + 1/289: a star reaches some 22 further.
    expect(centre.length).toBeGreaterThan(20);
    expect(centre.length).toBeLessThan(100);
  });

  it('tells flags and words apart, and is not blinded by one huge value', () => {
    const rows = Array.from({ length: 400 }, (_, i) => [i % 2, i === 0 ? 1e12 : i, 7]);
    const { groupOf, centre } = nearDuplicates(denseFromRows(rows), idsOf(400));
    for (let i = 1; i < 400; i++) {
      const own = centre[groupOf[i]];
      expect(own % 2).toBe(i % 2);
      expect(Math.abs(own - i)).toBeLessThanOrEqual(40);
    }
  });

  it('holds missing cells for something of their own', () => {
    const X = denseFromRows([
      [1, Number.NaN],
      [1, Number.NaN],
      [1, 0],
      [1, 0.001],
      [1, 5],
    ]);
    const { groupOf } = nearDuplicates(X, idsOf(5), 0.3);
    expect(groupOf[0]).not.toBe(groupOf[2]);
    expect(groupOf[1]).not.toBe(groupOf[2]);
    // All its rows the same: of one group whatever is asked.
    expect(new Set(nearDuplicates(denseFromRows([[3], [3], [3]]), idsOf(3)).groupOf).size).toBe(1);
    expect(nearDuplicates(denseMatrix(0, 2), []).centre.length).toBe(0);
  });
});
