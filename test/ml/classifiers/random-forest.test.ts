import { describe, expect, it } from 'vitest';
import { randomForest } from '../../../src/ml/classifiers/random-forest.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import golden from '../../golden/forest.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(randomForest.params);
// The golden values are of scikit-learn's default.
const asTheirs = { ...defaults, bootstrap: true };

describe('random forest against scikit-learn', () => {
  for (const set of golden) {
    const data = { X: denseFromRows(set.x), y: Uint32Array.from(set.y), classCount: set.classCount };

    it(`ranks ${set.classCount} classes as well, over 20 seeds`, async () => {
      const aucs = [];
      for (let seed = 0; seed < 20; seed++) {
        const fitted = await randomForest.fit(data, { ...asTheirs, nEstimators: 50 }, { ...context, seed });
        aucs.push(macroAuc(fitted.predict(denseFromRows(set.testX)).probabilities, set.testY, set.classCount));
      }
      // Four standard errors of the difference of two means.
      const error = Math.sqrt((variance(aucs) + variance(set.aucs)) / 20);
      expect(Math.abs(mean(aucs) - mean(set.aucs))).toBeLessThan(4 * error);
    });

    it(`finds the same importances with ${set.classCount} classes`, async () => {
      const fitted = await randomForest.fit(data, { ...asTheirs, nEstimators: 1000 }, context);
      const values = fitted.importance?.().values[0] ?? [];
      set.importances.forEach((share, j) => expect(Math.abs(values[j] - share)).toBeLessThan(0.01));
    });
  }
});

describe('random forest', () => {
  const set = golden[1];
  const data = { X: denseFromRows(set.x), y: Uint32Array.from(set.y), classCount: set.classCount };

  it('is the same byte for byte on threads and inline', async () => {
    const inline = await randomForest.fit(data, { ...defaults, nEstimators: 60 }, context);
    const executor = threadExecutor(2);
    const counts: number[] = [];
    try {
      const progress = (done: number) => void counts.push(done);
      const onThreads = { ...context, executor: unhurried(executor), progress };
      const threaded = await randomForest.fit(data, { ...defaults, nEstimators: 60 }, onThreads);
      expect(JSON.stringify(threaded.toJSON())).toBe(JSON.stringify(inline.toJSON()));
    } finally {
      await executor.close();
    }
    expect(counts.at(-1)).toBe(60);
  });
});

/** Takes even little work to its threads. */
function unhurried(executor: Executor): Executor {
  return {
    concurrency: executor.concurrency,
    open: (shared) => {
      const session = executor.open(shared);
      return {
        map: (task, items, options) => session.map(task, items, { ...options, seconds: undefined }),
        close: () => session.close(),
      };
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/** Mean over the classes (class 1 alone of two) of the area under one-versus-rest's ROC curve. */
function macroAuc(probabilities: Float64Array | null, y: readonly number[], classCount: number): number {
  const classes = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, k) => k);
  return mean(
    classes.map((k) => {
      const score = (i: number): number => probabilities?.[i * classCount + k] ?? Number.NaN;
      let wins = 0;
      let pairs = 0;
      y.forEach((a, i) => {
        y.forEach((b, j) => {
          if (a !== k || b === k) return;
          pairs++;
          wins += score(i) > score(j) ? 1 : score(i) === score(j) ? 0.5 : 0;
        });
      });
      return wins / pairs;
    }),
  );
}
