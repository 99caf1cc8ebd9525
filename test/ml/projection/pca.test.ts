import { readFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { pca } from '../../../src/ml/projection/algorithms/pca.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly X: number[][];
  readonly k: number;
  readonly explained: number[];
  readonly total: number;
  readonly axes: number[][];
  readonly coordinates: number[][];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/pca.json', import.meta.url), 'utf8')) as Record<
  string,
  Golden
>;
const context = { seed: 0, executor: inlineExecutor };

function closeTo(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  wanted.forEach((value, i) => {
    expect(Math.abs(found[i] - value), `entry ${i}`).toBeLessThanOrEqual(tolerance * scale);
  });
}

describe.each(Object.entries(golden))(
  'principal components, %s',
  (_, { X, k, explained, total, axes, coordinates }) => {
    const dense = denseFromRows(X);
    const project = (matrix: typeof dense | ReturnType<typeof toSparse>, engine = 'secuml') =>
      pca.project({ X: matrix, classes: new Int32Array(0), classCount: 0 }, k, { engine }, context);

    it.each([
      ['dense', dense, 'secuml'],
      ['sparse', toSparse(dense), 'secuml'],
      ['by ml-pca', dense, 'ml-pca'],
    ] as const)('are those of scikit-learn: %s', async (_name, matrix, engine) => {
      const found = await project(matrix, engine);
      expect(found.warnings).toEqual([]);
      found.variance?.explained.forEach((value, c) => {
        expect(Math.abs(value / explained[c] - 1), `variance ${c}`).toBeLessThan(1e-9);
      });
      expect(Math.abs((found.variance?.total ?? 0) / total - 1)).toBeLessThan(1e-9);
      closeTo(found.linear?.axes ?? [], axes.flat(), 1e-6);
      closeTo(found.coordinates.subarray(0, coordinates.flat().length), coordinates.flat(), 1e-6);
    });
  },
);
