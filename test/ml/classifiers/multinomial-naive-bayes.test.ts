import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { multinomialNaiveBayes } from '../../../src/ml/classifiers/multinomial-naive-bayes.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Case {
  readonly classes: number;
  readonly alpha: number;
  readonly fitPrior: boolean;
  readonly weights: boolean;
  readonly probabilities: number[];
}

const url = new URL('../../golden/multinomial-naive-bayes.json', import.meta.url);
const golden = JSON.parse(readFileSync(url, 'utf8'));
const T = denseFromRows(golden.T);
const weights = Float64Array.from(golden.weights as number[]);

async function probabilities(params: Params, classCount: number, weighted: boolean, sparse = false) {
  const X = denseFromRows(golden.X);
  const y = Uint32Array.from(golden.y as number[], (c) => Math.min(c, classCount - 1));
  const data = { X: sparse ? toSparse(X) : X, y, classCount, ...(weighted ? { weights } : {}) };
  const point = { ...defaultParams(multinomialNaiveBayes.params), ...params };
  const fitted = await multinomialNaiveBayes.fit(data, point, { seed: 0, executor: inlineExecutor });
  return Array.from(fitted.predict(sparse ? toSparse(T) : T).probabilities ?? []);
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(values[i] - value)).toBeLessThan(1e-12));
}

describe('multinomial-naive-bayes', () => {
  it.each(golden.cases as Case[])(
    'gives the probabilities of scikit-learn: $classes classes, alpha = $alpha, prior $fitPrior, weights $weights',
    async ({ classes, alpha, fitPrior, weights: weighted, probabilities: expected }) => {
      for (const sparse of [false, true]) {
        expectClose(await probabilities({ alpha, fitPrior }, classes, weighted, sparse), expected);
      }
    },
  );

  it('gives the same by the package, which knows no weights and no other alpha', async () => {
    const [binary, , , , three] = golden.cases as Case[];
    for (const { classes, probabilities: expected } of [binary, three]) {
      expectClose(await probabilities({ engine: 'ml-naivebayes' }, classes, false), expected);
    }
    await expect(probabilities({ engine: 'ml-naivebayes' }, 2, true)).rejects.toThrow(/no sample weights/);
    await expect(probabilities({ engine: 'ml-naivebayes', alpha: 0.1 }, 2, false)).rejects.toThrow(/no alpha but 1/);
  });
});
