import { expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { applyModel } from '../../../src/experiments/classify/apply-model.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import { denseFromRows, selectRows } from '../../../src/ml/matrix/feature-matrix.js';
import { predictWith, type TrainedModel } from '../../../src/ml/model-selection/trained-model.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

const X = denseFromRows(Array.from({ length: 90 }, (_, i) => [i % 7, (i * i) % 11, (i * 5) % 13]));
const rowsAsked = Uint32Array.from({ length: 1000 }, (_, k) => (7 * k) % 90);

async function trained(): Promise<TrainedModel> {
  const knn = classifiers['k-nearest-neighbours'];
  const params = defaultParams(knn.params);
  const y = Uint32Array.from({ length: 90 }, (_, i) => (i % 7 > 3 ? 1 : 0));
  const context = { seed: 0, executor: inlineExecutor };
  const fitted = await knn.fit({ X, y, classCount: 2 }, params, context);
  const classes = ['benign', 'malicious'].map((name, c) => ({ name, malicious: c === 1, family: null }));
  return { model: 'k-nearest-neighbours', params, featureNames: ['a', 'b', 'c'], classes, fitted };
}

it('predicts many rows part by part as it predicts them at once, and tells how many are done', async () => {
  const model = await trained();
  const told: number[] = [];
  let turns = 0;
  const found = await applyModel(model, X, repeated(rowsAsked, 50), {
    progress: (done) => told.push(done),
    turn: async () => void turns++,
  });
  const once = predictWith(model, selectRows(X, rowsAsked));
  expect(found.probabilities?.subarray(0, 2000)).toEqual(once.probabilities);
  expect(found.probabilities?.length).toBe(2 * 50_000);
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toBe(50_000);
  expect(turns).toBe(told.length);
});

it('ends between two parts when the work is cancelled', async () => {
  const model = await trained();
  const signal = { cancelled: false };
  let turns = 0;
  const turn = async () => {
    turns++;
    signal.cancelled = true;
  };
  await expect(applyModel(model, X, repeated(rowsAsked, 100), { signal, turn })).rejects.toThrow(InterruptedError);
  expect(turns).toBe(1);
});

function repeated(rows: Uint32Array, times: number): Uint32Array {
  const all = new Uint32Array(rows.length * times);
  for (let t = 0; t < times; t++) all.set(rows, t * rows.length);
  return all;
}
