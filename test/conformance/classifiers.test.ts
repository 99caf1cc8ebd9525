import { afterAll, describe, expect, it } from 'vitest';
import { InterruptedError, UserError } from '../../src/errors.js';
import type {
  AnyClassifierDef,
  FittedClassifier,
  Predictions,
  TrainingSet,
} from '../../src/ml/classifiers/classifier.js';
import { classifiers } from '../../src/ml/classifiers/registry.js';
import { denseMatrix, type FeatureMatrix, selectRows, toSparse } from '../../src/ml/matrix/feature-matrix.js';
import { defaultParams, expandGrid, type ParamValue, parseParams } from '../../src/ml/params.js';
import { fitMedianImputer } from '../../src/ml/preprocessing/impute.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../src/parallel/thread-executor.js';
import {
  asCounts,
  makeOutlierProblem,
  makeProblem,
  type Problem,
  permuted,
  withAbsentRows,
  withColumn,
} from './problems.js';

/**
 * What every classifier of the registry must do, whoever wrote it. A new one is tested by its line in the registry.
 * The checks of one model run on a binary problem and, if it takes more than two classes, on one with four; those of a
 * model that learns without labels on outliers.
 */
const threads = threadExecutor(2);
afterAll(() => threads.close());

const inline = { seed: 7, executor: inlineExecutor };

/** A test of models that a claim is made of; of the others there is none, so that it is not told as left out. */
const itWhere =
  (claimed: boolean) =>
  (name: string, run: () => Promise<void>): void => {
    if (claimed) it(name, run);
  };

for (const [key, classifier] of Object.entries<AnyClassifierDef>(classifiers)) {
  const defaults = defaultParams(classifier.params);
  const fit = (data: TrainingSet, seed = 7): Promise<FittedClassifier> =>
    classifier.fit(data, defaults, { ...inline, seed });

  describe(`${key}: declaration`, () => {
    it('has the id it is registered under, and speaks of itself', () => {
      expect(classifier.id).toBe(key);
      expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(classifier.title).not.toBe('');
      expect(classifier.summary).toMatch(/\.$/);
      for (const spec of Object.values(classifier.params)) expect(spec.help).not.toBe('');
    });

    it('has defaults and a default grid that its own parameters accept', () => {
      for (const [name, spec] of Object.entries(classifier.params)) {
        const values: readonly ParamValue[] = [spec.default, ...(spec.grid ?? [])];
        const parsed = parseParams(classifier.params, [`${name}=${values.join()}`], key);
        expect(parsed.get(name)).toEqual([...new Set(values)]);
      }
    });

    it('estimates a cost that grows with the rows', () => {
      const small = classifier.cost(1000, 20, 2, defaults);
      const large = classifier.cost(100_000, 20, 2, defaults);
      for (const { seconds, bytes } of [small, large]) {
        expect(seconds).toBeGreaterThan(0);
        expect(seconds).toBeLessThan(1e6);
        expect(bytes).toBeGreaterThanOrEqual(0);
      }
      expect(large.seconds).toBeGreaterThan(small.seconds);
    });

    it('refuses JSON that is not such a model', () => {
      expect(() => classifier.revive({})).toThrow(UserError);
    });

    it('names path parameters that exist', () => {
      for (const name of classifier.pathParams ?? []) expect(Object.keys(classifier.params)).toContain(name);
      expect(classifier.pathParams === undefined).toBe(classifier.fitPath === undefined);
    });
  });

  const problems =
    classifier.learnsFrom === 'nothing'
      ? [makeOutlierProblem()]
      : [makeProblem(2), ...(classifier.accepts.multiclass ? [makeProblem(4)] : [])];
  for (const problem of classifier.accepts.negative === false ? problems.map(asCounts) : problems) {
    describe(`${key}: ${problem.name}`, () => checkProblem(classifier, problem, fit));
  }
}

function checkProblem(
  classifier: AnyClassifierDef,
  { training, testX, testY }: Problem,
  fit: (data: TrainingSet, seed?: number) => Promise<FittedClassifier>,
): void {
  const { classCount } = training;
  const { accepts } = classifier;
  const detector = classifier.learnsFrom === 'nothing';

  itWhere(detector)('scores what is unusual higher, and looks at no label', async () => {
    const fitted = await fit(training);
    const { scores } = fitted.predict(testX);
    if (!scores) throw new Error('a model that learns without labels has scores');
    let [pairs, right] = [0, 0];
    for (let i = 0; i < testX.rows; i++) {
      for (let j = 0; j < testX.rows; j++) {
        if (testY[i] <= testY[j]) continue;
        pairs++;
        if (scores[i] > scores[j]) right++;
      }
    }
    expect(right / pairs).toBeGreaterThan(0.9);
    for (const y of [training.y.map((label) => 1 - label), new Uint32Array(training.X.rows).fill(classCount)]) {
      expect(JSON.stringify((await fit({ ...training, y })).toJSON())).toBe(JSON.stringify(fitted.toJSON()));
    }
  });

  itWhere(!detector)('learns what can be learned', async () => {
    const predicted = classesOf((await fit(training)).predict(testX), testX.rows);
    expect(share(predicted, (k, i) => k === testY[i])).toBeGreaterThan(0.8);
  });

  it('gives finite figures, and probabilities that add up to 1', async () => {
    const fitted = await fit(training);
    expectSound(fitted.predict(testX), testX.rows, classCount);
    expectSound(fitted.predict(selectRows(testX, new Uint32Array(0))), 0, classCount);
    const extreme = denseMatrix(2, testX.columns, new Float64Array(2 * testX.columns).fill(1e6));
    extreme.values.fill(-1e12, testX.columns);
    expectSound(fitted.predict(extreme), 2, classCount);
  });

  it('predicts a row alone as it predicts it among others', async () => {
    const fitted = await fit(training);
    const all = fitted.predict(testX);
    const alone = fitted.predict(selectRows(testX, Uint32Array.of(17)));
    expect(alone.probabilities).toEqual(all.probabilities?.slice(17 * classCount, 18 * classCount) ?? null);
    const width = classCount === 2 ? 1 : classCount;
    expect(alone.scores).toEqual(all.scores?.slice(17 * width, 18 * width) ?? null);
  });

  it('gives the same bytes for the same seed, inline and on threads, and leaves its input alone', async () => {
    const before = training.X.values.slice();
    const once = JSON.stringify((await fit(training)).toJSON());
    expect(JSON.stringify((await fit(training)).toJSON())).toBe(once);
    const threaded = await classifier.fit(training, defaultParams(classifier.params), { seed: 7, executor: threads });
    expect(JSON.stringify(threaded.toJSON())).toBe(once);
    expect(training.X.values).toEqual(before);
  });

  it('comes back from JSON with bit-identical predictions', async () => {
    const fitted = await fit(training);
    const text = JSON.stringify(fitted.toJSON());
    const revived = classifier.revive(JSON.parse(text));
    expect(JSON.stringify(revived.toJSON())).toBe(text);
    const [a, b] = [fitted.predict(testX), revived.predict(testX)];
    expect(bytesOf(b.probabilities)).toEqual(bytesOf(a.probabilities));
    expect(bytesOf(b.scores)).toEqual(bytesOf(a.scores));
    expect(revived.importance?.()).toEqual(fitted.importance?.());
  });

  itWhere(accepts.sparse)('sees a sparse matrix as the dense one it stands for', async () => {
    const dense = await fit(training);
    const sparse = await fit({ ...training, X: toSparse(training.X) });
    expectClose(sparse.predict(testX), dense.predict(testX), 1e-6);
    // One model applied to both kinds of matrix.
    expectClose(dense.predict(toSparse(testX)), dense.predict(testX), 1e-9);
  });

  it('does not depend on the order of the rows, but for its own use of chance', async () => {
    const fitted = await fit(training);
    const other = (await fit(permuted(training))).predict(testX);
    if (await usesChance(fit, training)) {
      // Another order is another draw: the models differ, but say the same of nearly all rows.
      const predicted = classesOf(fitted.predict(testX), testX.rows);
      const agreed = share(classesOf(other, testX.rows), (k, i) => k === predicted[i]);
      expect(agreed).toBeGreaterThan(0.9);
    } else {
      expectClose(other, fitted.predict(testX), 1e-4);
    }
  });

  itWhere(accepts.weights)('takes a row of weight 0 for absent', async () => {
    const { weighted, absent } = withAbsentRows(training);
    expectClose((await fit(weighted)).predict(testX), (await fit(absent)).predict(testX), 1e-6);
  });

  itWhere(!detector)('learns one class only, or says that it cannot', async () => {
    for (const only of [0, classCount - 1]) {
      const data = { ...training, y: new Uint32Array(training.X.rows).fill(only) };
      const fitted = await fitOrRefusal(fit(data));
      if (!fitted) continue;
      expectSound(fitted.predict(testX), testX.rows, classCount);
      expect(share(classesOf(fitted.predict(testX), testX.rows), (k) => k === only)).toBe(1);
    }
  });

  it('learns from one row, or from one of each class, or says that it cannot', async () => {
    for (const count of [1, classCount]) {
      const rows = Uint32Array.from({ length: count }, (_, i) => i);
      const data = { X: selectRows(training.X, rows), y: training.y.slice(0, count), classCount };
      const fitted = await fitOrRefusal(fit(data));
      if (fitted) expectSound(fitted.predict(testX), testX.rows, classCount);
    }
  });

  it('bears columns that are constant, and all of them being so', async () => {
    let X: FeatureMatrix = training.X;
    for (const value of [0, 1e9, accepts.negative === false ? 3.7 : -3.7]) {
      X = withColumn(training.X, 0, value);
      const fitted = await fit({ ...training, X });
      expectSound(fitted.predict(testX), testX.rows, classCount);
      expect(importanceOf(fitted, 0)).toBe(0);
    }
    const constant = denseMatrix(training.X.rows, 3, new Float64Array(3 * training.X.rows).fill(5));
    const fitted = await fit({ ...training, X: constant });
    const said = fitted.predict(constant);
    expectSound(said, constant.rows, classCount);
    // Nothing tells the rows apart: all are said to be the same.
    for (const values of [said.probabilities, said.scores]) {
      const width = (values?.length ?? 0) / constant.rows;
      const first = values?.slice(0, width);
      for (let i = 0; i < constant.rows; i++) expect(values?.slice(i * width, (i + 1) * width)).toEqual(first);
    }
  });

  it('handles a column that is missing throughout, itself or imputed; never by NaN', async () => {
    const X = withColumn(training.X, 4, Number.NaN);
    const missingX = withColumn(testX, 4, Number.NaN);
    if (accepts.missing) {
      expectSound((await fit({ ...training, X })).predict(missingX), testX.rows, classCount);
    } else {
      // The experiment has refused it in words before; here an error of any kind will do, an answer will not.
      await expect(fit({ ...training, X })).rejects.toThrow();
      const whole = await fit(training);
      expect(() => whole.predict(missingX)).toThrow();
    }
    const imputer = fitMedianImputer(X);
    const fitted = await fit({ ...training, X: imputer.apply(X) });
    expectSound(fitted.predict(imputer.apply(testX)), testX.rows, classCount);
  });

  itWhere(accepts.negative === false)('refuses values below 0', async () => {
    await expect(fit({ ...training, X: withColumn(training.X, 1, -1) })).rejects.toBeInstanceOf(UserError);
  });

  it('stops when it is cancelled', async () => {
    const signal = { cancelled: true };
    const fitting = classifier.fit(training, defaultParams(classifier.params), { ...inline, signal });
    await expect(fitting).rejects.toBeInstanceOf(InterruptedError);
  });

  it('fits along a path what it fits point by point', async () => {
    const grid = new Map(
      Object.entries(classifier.params).flatMap(([name, { grid: values }]) =>
        values ? [[name, values] as const] : [],
      ),
    );
    const points = expandGrid(classifier.params, grid);
    const { fitPath, pathParams = [] } = classifier;
    if (!fitPath) return;
    // A path differs in the path's parameters only.
    const fixed = (point: object): string =>
      JSON.stringify(Object.entries(point).filter(([name]) => !pathParams.includes(name)));
    const path = points.filter((point) => fixed(point) === fixed(points[0]));
    const together = await fitPath(training, path, inline);
    expect(together.length).toBe(path.length);
    for (const [i, point] of path.entries()) {
      expectClose(together[i].predict(testX), (await classifier.fit(training, point, inline)).predict(testX), 0.01);
    }
  });

  it('fits with every word and switch of its parameters', async () => {
    const defaults = defaultParams(classifier.params);
    for (const [name, spec] of Object.entries(classifier.params)) {
      const values: readonly ParamValue[] = 'words' in spec ? spec.words : spec.type === 'boolean' ? [true, false] : [];
      for (const value of values) {
        const fitting = classifier.fit(training, { ...defaults, [name]: value }, inline);
        // A choice may be for two classes only.
        const fitted = classCount === 2 ? await fitting : await fitOrRefusal(fitting);
        if (fitted) expectSound(fitted.predict(testX), testX.rows, classCount);
      }
    }
  });

  it('explains, if it does, by contributions that add up to what it predicts', async () => {
    const fitted = await fit(training);
    if (!fitted.explain) return;
    const extreme = withColumn(testX, 0, 1e9);
    for (const X of [testX, toSparse(testX), extreme]) {
      const { probabilities, scores } = fitted.predict(X);
      const rows = Uint32Array.of(7, 0, 59, 7);
      for (let k = 0; k < classCount; k++) {
        const explanations = fitted.explain(X, rows, k);
        expect(explanations.length).toBe(rows.length);
        explanations.forEach(({ output, base, contributions }, i) => {
          expect(contributions.length).toBe(X.columns);
          const said =
            output === 'score' ? scoreOf(scores, rows[i], k, classCount) : probabilities?.[rows[i] * classCount + k];
          const terms = [base, ...contributions];
          expect(terms.every(Number.isFinite)).toBe(true);
          const largest = terms.reduce((most, term) => Math.max(most, Math.abs(term)), 1);
          const sum = terms.reduce((total, term) => total + term, 0);
          expect(Math.abs(sum - (said ?? Number.NaN)) / largest).toBeLessThanOrEqual(1e-9);
        });
      }
    }
    // A column that says nothing contributes nothing.
    const [{ contributions }] = fitted.explain(testX, Uint32Array.of(3), 1);
    expect(contributions[5]).toBe(0);
    expect(fitted.explain(testX, new Uint32Array(0), 1)).toEqual([]);
    const missing = withColumn(testX, 4, Number.NaN);
    if (!accepts.missing) expect(() => fitted.explain?.(missing, Uint32Array.of(0), 1)).toThrow();
  });

  it('measures importance by finite numbers, one for each feature', async () => {
    const importance = (await fit(training)).importance?.();
    if (!importance) return;
    for (const values of importance.values) {
      expect(values.length).toBe(training.X.columns);
      expect(values.every(Number.isFinite)).toBe(true);
      if (importance.kind === 'impurity') {
        expect(values.every((value) => value >= 0)).toBe(true);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      }
    }
  });
}

function expectSound({ probabilities, scores, classCount: k }: Predictions, rows: number, classCount: number): void {
  expect(k).toBe(classCount);
  expect(probabilities ?? scores).not.toBeNull();
  if (scores) {
    expect(scores.length).toBe(classCount === 2 ? rows : rows * classCount);
    expect(scores.every(Number.isFinite)).toBe(true);
  }
  if (!probabilities) return;
  expect(probabilities.length).toBe(rows * classCount);
  for (let i = 0; i < rows; i++) {
    const row = probabilities.subarray(i * classCount, (i + 1) * classCount);
    expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThanOrEqual(1e-9);
  }
}

/** The score that an explanation of class k is of. */
function scoreOf(scores: Float64Array | null, row: number, k: number, classCount: number): number | undefined {
  if (classCount > 2) return scores?.[row * classCount + k];
  return k === 1 ? scores?.[row] : -(scores?.[row] ?? Number.NaN);
}

/** Largest difference of probabilities (of scores where there are none, relative to their size). */
function expectClose(a: Predictions, b: Predictions, tolerance: number): void {
  const [left, right] = a.probabilities && b.probabilities ? [a.probabilities, b.probabilities] : [a.scores, b.scores];
  if (!left || !right) throw new Error('one prediction has probabilities, the other has not');
  expect(left.length).toBe(right.length);
  const scale = a.probabilities ? 1 : right.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  let largest = 0;
  for (let i = 0; i < left.length; i++) largest = Math.max(largest, Math.abs(left[i] - right[i]) / scale);
  expect(largest).toBeLessThanOrEqual(tolerance);
}

/** The most likely class of each row, the first of equals. */
function classesOf({ probabilities, scores, classCount }: Predictions, rows: number): Uint32Array {
  if (!probabilities && scores && classCount === 2) return Uint32Array.from(scores, (score) => (score > 0 ? 1 : 0));
  const values = probabilities ?? scores ?? new Float64Array(0);
  return Uint32Array.from({ length: rows }, (_, i) => {
    const row = values.subarray(i * classCount, (i + 1) * classCount);
    return row.indexOf(Math.max(...row));
  });
}

function share(values: Uint32Array, holds: (value: number, i: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

function bytesOf(values: Float64Array | null): Uint8Array | null {
  return values && new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function importanceOf(fitted: FittedClassifier, column: number): number {
  const values = fitted.importance?.().values ?? [];
  return values.reduce((sum, row) => sum + Math.abs(row[column]), 0);
}

async function usesChance(fit: (data: TrainingSet, seed?: number) => Promise<FittedClassifier>, data: TrainingSet) {
  const [a, b] = [await fit(data, 1), await fit(data, 2)];
  return JSON.stringify(a.toJSON()) !== JSON.stringify(b.toJSON());
}

/** What was fitted, or undefined where the data were refused in plain words. Any other error fails the test. */
async function fitOrRefusal(fitting: Promise<FittedClassifier>): Promise<FittedClassifier | undefined> {
  try {
    return await fitting;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
