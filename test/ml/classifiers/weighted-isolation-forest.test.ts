import { expect, it } from 'vitest';
import { isolationForest } from '../../../src/ml/classifiers/isolation-forest.js';
import { sssvdd } from '../../../src/ml/classifiers/sssvdd.js';
import { weightedIsolationForest } from '../../../src/ml/classifiers/weighted-isolation-forest.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

const context = { seed: 0, executor: inlineExecutor };
const [rows, columns] = [600, 4];

/** Half of what is far away is benign: what is unusual alone does not tell the labels apart. */
function oddOnBothSides() {
  const stream = randomStream(2, 'test');
  const X = denseMatrix(rows, columns);
  const truth = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) X.values[i * columns + j] = stream.normal();
    if (i % 20 === 0) {
      truth[i] = 1;
      X.values[i * columns] += 8;
    }
    if (i % 20 === 1) X.values[i * columns] -= 8;
  }
  return { X, truth };
}

it.each([
  ['weighted-isolation-forest', weightedIsolationForest],
  ['sssvdd', sssvdd],
])('%s learns from twelve labels what unusual alone does not tell', async (_, model) => {
  const { X, truth } = oddOnBothSides();
  // Three of each of the odd kinds and six of the usual have labels.
  const y = new Uint32Array(rows).fill(2);
  for (const row of [0, 20, 40, 1, 21, 41, 5, 6, 7, 8, 9, 10]) y[row] = truth[row];
  const area = (scores: Float64Array | null): number => {
    let [pairs, right] = [0, 0];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        if (truth[i] <= truth[j] || !scores) continue;
        pairs++;
        right += Number(scores[i] > scores[j]);
      }
    }
    return right / pairs;
  };
  const data = { X, y, classCount: 2 };
  const fitted = await model.fit(data, defaultParams(model.params), context);
  const plain = await isolationForest.fit(data, defaultParams(isolationForest.params), context);
  const found = area(fitted.predict(X).scores);
  expect(found).toBeGreaterThan(area(plain.predict(X).scores));
  expect(found).toBeGreaterThan(0.97);
  // Not everything is called malicious, and something is.
  const called = fitted.predict(X).scores?.filter((score) => score > 0).length ?? 0;
  expect(called).toBeGreaterThan(10);
  expect(called).toBeLessThan(rows / 3);
});
