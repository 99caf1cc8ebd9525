import { expect, it } from 'vitest';
import { CategoryDensities } from '../../../src/ml/active-learning/category-densities.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';

const rows = [
  [0, 10, 5],
  [2, 14, 5],
  [4, 12, 5],
  [10, 0, 5],
  [14, 2, 5],
  [30, 30, 5],
];
const category = Uint32Array.of(0, 0, 0, 1, 1, 1);

/** By the formula, with the floor, in units of each feature's deviation. */
function byHand(row: number[], own: number[][]): number {
  let sum = 0;
  for (const j of [0, 1]) {
    const mean = (values: number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
    const variance = (values: number[]): number => mean(values.map((value) => (value - mean(values)) ** 2));
    const all = variance(rows.map((cells) => cells[j]));
    const cells = own.map((member) => member[j]);
    const v = Math.max(1e-3 * all, variance(cells)) / all;
    const z = (row[j] - mean(cells)) / Math.sqrt(all);
    sum -= 0.5 * Math.log(2 * Math.PI * v) + (z * z) / (2 * v);
  }
  return sum;
}

it('is the log density of independent normals with the variances of the members', () => {
  for (const X of [denseFromRows(rows), toSparse(denseFromRows(rows))]) {
    const densities = new CategoryDensities(X, Uint32Array.of(0, 1, 2, 3, 4, 5), category, 2);
    rows.forEach((row, i) => {
      const of = [0, 1].map((k) =>
        byHand(
          row,
          rows.filter((_, other) => category[other] === k),
        ),
      );
      expect(densities.logDensity(i, category[i])).toBeCloseTo(of[category[i]], 8);
      // Both categories have three members: the likelier is the one of the higher density.
      const likeliest = of[0] > of[1] ? 0 : 1;
      expect(densities.likeliest(i).category).toBe(likeliest);
      expect(densities.likeliest(i).logDensity).toBeCloseTo(of[likeliest], 8);
    });
  }
});

it('stays finite where members are alike, alone or far away', () => {
  const X = denseFromRows([[1e15], [1e15], [-1e15], [0]]);
  const densities = new CategoryDensities(X, Uint32Array.of(0, 1, 2, 3), Uint32Array.of(0, 0, 1, 1), 3);
  for (const row of [0, 1, 2, 3]) {
    for (const own of [0, 1]) expect(densities.logDensity(row, own)).toSatisfy(Number.isFinite);
    expect(densities.likeliest(row).category).toBeLessThan(2);
  }
});
