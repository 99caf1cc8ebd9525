import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import {
  credibilityJson,
  credibilityOf,
  fitCredibility,
  readCredibility,
} from '../../../src/ml/credibility/credibility.js';
import { denseMatrix, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { rangeScaling } from '../../../src/ml/preprocessing/range-scaling.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

const context = { seed: 3, executor: inlineExecutor };
const idsOf = (n: number): string[] => Array.from({ length: n }, (_, i) => `i${i}`);

/** Few distinct values, so that rows repeat and distances tie. */
function coarse(n: number, d: number, seed: number): FeatureMatrix {
  const stream = randomStream(seed, 'coarse');
  return denseMatrix(
    n,
    d,
    Float64Array.from({ length: n * d }, () => stream.below(4)),
  );
}

/** Mean distance of a row to the 5 nearest of some rows, one by one. */
function slowDistance(X: FeatureMatrix, rows: readonly number[], query: ArrayLike<number>, unit: Float64Array): number {
  const d = X.columns;
  const distances = rows
    .map((row) => Math.hypot(...Array.from({ length: d }, (_, j) => (X.values[row * d + j] - query[j]) * unit[j])))
    .sort((a, b) => a - b)
    .slice(0, 5);
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

describe('credibility', () => {
  it('is the share of the class that lies as far from its own, by exact distances', async () => {
    const [n, d] = [120, 3];
    const X = coarse(n, d, 1);
    const y = Uint32Array.from({ length: n }, (_, i) => Number(i % 3 === 0));
    const model = await fitCredibility(X, y, 2, idsOf(n), false, context);
    const { unit } = rangeScaling(X);
    const asked = coarse(40, d, 2);
    asked.values.set([9, 9, 9], 0);
    const predicted = Uint32Array.from({ length: 40 }, (_, i) => i % 2);
    const { credibility, farness } = await credibilityOf(model, asked, predicted, context);
    const members = [0, 1].map((k) => [...y.keys()].filter((row) => y[row] === k));
    const rowOf = (M: FeatureMatrix, row: number) => M.values.subarray(row * d, (row + 1) * d);
    members.forEach((rows, k) => {
      const usual = rows.map((row) =>
        slowDistance(
          X,
          rows.filter((other) => other !== row),
          rowOf(X, row),
          unit,
        ),
      );
      expect(Array.from(model.usual[k])).toHaveLength(rows.length);
      usual.sort((a, b) => a - b).forEach((distance, i) => expect(model.usual[k][i]).toBeCloseTo(distance, 9));
      for (let i = k; i < 40; i += 2) {
        const distance = slowDistance(X, rows, rowOf(asked, i), unit);
        const asFar = usual.filter((other) => other >= distance - 1e-9).length;
        expect(credibility[i]).toBeCloseTo((1 + asFar) / (1 + rows.length), 9);
      }
    });
    expect(credibility[0]).toBe(1 / (1 + members[0].length));
    expect(farness[0]).toBeGreaterThan(3);
  });

  it('is uniform over rows like those of the training, of sparse rows as of dense ones', async () => {
    const stream = randomStream(9, 'normal');
    const rows = (n: number) =>
      denseMatrix(
        n,
        4,
        Float64Array.from({ length: 4 * n }, () => stream.normal()),
      );
    const [X, asked] = [rows(600), rows(600)];
    const y = Uint32Array.from({ length: 600 }, (_, i) => i % 2);
    const model = await fitCredibility(X, y, 2, idsOf(600), false, context);
    const { credibility } = await credibilityOf(model, asked, y, context);
    const below = credibility.filter((value) => value <= 0.2).length / 600;
    expect(Math.abs(below - 0.2)).toBeLessThan(0.06);
    const sparse = await fitCredibility(toSparse(X), y, 2, idsOf(600), false, context);
    expect((await credibilityOf(sparse, toSparse(asked), y, context)).credibility).toEqual(credibility);
  });

  it('knows small and empty classes, rows without a label, and missing cells', async () => {
    const n = 60;
    const X = coarse(n, 3, 4);
    X.values[5] = Number.NaN;
    // Class 1 has one row, class 2 none, and rows of "class 3" have no label.
    const y = Uint32Array.from({ length: n }, (_, i) => (i === 0 ? 1 : i % 4 === 0 ? 3 : 0));
    const model = await fitCredibility(X, y, 3, idsOf(n), true, context);
    expect(model.usual.map((list) => list.length)).toEqual([45, 0, 0]);
    const asked = coarse(3, 3, 5);
    asked.values[0] = Number.NaN;
    const { credibility } = await credibilityOf(model, asked, Uint32Array.of(0, 1, 2), context);
    expect(credibility[0]).toBeGreaterThan(0);
    // No training row of class 2 is near.
    expect(credibility[2]).toBe(1 / 46);
    const json = JSON.parse(JSON.stringify(credibilityJson(model)));
    const revived = readCredibility(json, 3, 'model.json');
    expect((await credibilityOf(revived, asked, Uint32Array.of(0, 1, 2), context)).credibility).toEqual(credibility);
    expect(() => readCredibility(json, 2, 'model.json')).toThrow(UserError);
    expect(() => readCredibility({ ...json, usual: [[1], ['x'], []] }, 3, 'model.json')).toThrow(UserError);
    expect(() => readCredibility({}, 3, 'model.json')).toThrow(UserError);
  });
});

describe('rangeScaling', () => {
  it('brings every column that varies to a range of 1, sparse or dense', () => {
    const cells = fc.array(fc.constantFrom(0, 0, 1, -2, 5.5), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(cells, (values) => {
        const X = denseMatrix(4, 3, Float64Array.from(values));
        const { unit } = rangeScaling(X);
        expect(rangeScaling(toSparse(X)).unit).toEqual(unit);
        for (let j = 0; j < 3; j++) {
          const column = [0, 1, 2, 3].map((i) => values[3 * i + j] * unit[j]);
          const width = Math.max(...column) - Math.min(...column);
          expect(width).toBeCloseTo(unit[j] === 0 ? 0 : 1, 12);
        }
      }),
    );
  });
});
