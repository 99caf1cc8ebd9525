import { afterAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.js';
import { denseMatrix, type FeatureMatrix, toSparse } from '../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../src/ml/params.js';
import type { AnyProjectionDef, Projected } from '../../src/ml/projection/projection.js';
import { projections } from '../../src/ml/projection/registry.js';
import { randomStream } from '../../src/ml/random/stream.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../src/parallel/thread-executor.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const [rows, columns] = [90, 6];

/** Three groups, one of them without a class; the last column says nothing. */
function groups() {
  const stream = randomStream(4, 'test');
  const X = denseMatrix(rows, columns);
  const classes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    classes[i] = (i % 3) - 1;
    for (let j = 0; j < columns; j++) {
      const away = j < 3 && i % 3 === j ? 3 : 0;
      X.values[i * columns + j] = stream.float() < 0.3 ? 0 : away + stream.normal();
    }
  }
  return { X, classes, classCount: 2 };
}

const entries: [string, AnyProjectionDef][] = Object.entries(projections);

describe.each(entries)('projection %s', (id, projection) => {
  const data = groups();
  const components = Math.min(2, projection.mostComponents(rows, columns, data.classCount));
  const params = defaultParams(projection.params);
  const run = (X: FeatureMatrix = data.X, seed = 0, executor = inlineExecutor): Promise<Projected> =>
    projection.project({ ...data, X }, components, params, { seed, executor });

  it('is called by its file', () => {
    expect(projection.id).toBe(id);
    expect(projection.summary).toMatch(/\.$/);
  });

  it('gives every row finite coordinates that differ', async () => {
    const found = await run();
    expect(found.components).toBe(components);
    expect(found.coordinates.length).toBe(rows * components);
    expect(found.coordinates.every(Number.isFinite)).toBe(true);
    expect(new Set(found.coordinates).size).toBeGreaterThan(rows / 2);
    expect(found.coordinates.some((value) => Math.abs(value) > 1e-6)).toBe(true);
  });

  it('gives the same bytes again, on threads too', async () => {
    const once = await run(data.X, 7);
    expect(await run(data.X, 7)).toEqual(once);
    expect(await run(data.X, 7, threads)).toEqual(once);
  });

  it('takes sparse rows', async () => {
    const dense = await run();
    const sparse = await run(toSparse(data.X));
    expect(sparse.coordinates.every(Number.isFinite)).toBe(true);
    if (dense.linear) {
      sparse.coordinates.forEach((value, at) => {
        expect(Math.abs(value - dense.coordinates[at])).toBeLessThan(1e-4);
      });
    }
  });

  it('is what its axes say, where it has some, with the largest weight positive', async () => {
    const { linear, coordinates } = await run();
    if (!linear) return;
    const { axes, mean } = linear;
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < components; c++) {
        let sum = 0;
        for (let j = 0; j < columns; j++) {
          sum += axes[c * columns + j] * (data.X.values[i * columns + j] - mean[j]);
        }
        expect(sum).toBeCloseTo(coordinates[i * components + c], 8);
      }
    }
    for (let c = 0; c < components; c++) {
      const axis = Array.from(axes.subarray(c * columns, (c + 1) * columns));
      expect(Math.max(...axis)).toBeGreaterThanOrEqual(-Math.min(...axis) * (1 - 1e-6));
    }
  });

  it('tells what it costs', () => {
    const little = projection.cost(100, 10, 2, params);
    const much = projection.cost(10_000, 100, 2, params);
    for (const part of ['seconds', 'bytes'] as const) {
      expect(little[part]).toBeGreaterThan(0);
      expect(much[part]).toBeGreaterThan(little[part]);
    }
  });

  it('stops when cancelled', async () => {
    const context = { seed: 0, executor: inlineExecutor, signal: { cancelled: true } };
    await expect(projection.project(data, components, params, context)).rejects.toThrow(InterruptedError);
  });

  it('asks for classes where it learns from them', async () => {
    if (!projection.supervised) return;
    const without = { X: data.X, classes: new Int32Array(rows).fill(-1), classCount: 0 };
    await expect(projection.project(without, 1, params, { seed: 0, executor: inlineExecutor })).rejects.toThrow(
      /label|famil|class/,
    );
  });
});
