import { classifiers } from '../classifiers/registry.js';
import type { FitContext } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { defaultParams, type Params } from '../params.js';
import { fitModel } from '../tasks/fit-model.js';

/** Good enough to tell families apart; exact coefficients would take three times as long. */
const params: Params = { ...defaultParams(classifiers['logistic-regression'].params), C: 1, penalty: 'l2', tol: 1e-2 };

/**
 * Probabilities of k families for all rows of X, by a logistic regression learned from some rows, on a worker.
 * @param y length m: family of learned[i], 0 … k - 1
 * @returns X.rows×k, row-major
 */
export async function familyProbabilities(
  X: FeatureMatrix,
  learned: Uint32Array,
  y: Uint32Array,
  k: number,
  asked: Uint32Array,
  { seed, executor, signal }: FitContext,
): Promise<Float64Array> {
  // Two classes at least, as models have them; the second of one family stays empty and is never asked here.
  const session = executor.open({ X: selectRows(X, learned), y, classCount: k });
  try {
    const [{ json }] = await session.map(fitModel, [{ model: 'logistic-regression', params, seed }], { signal });
    const { probabilities } = classifiers['logistic-regression'].revive(json).predict(selectRows(X, asked));
    if (!probabilities) throw new Error('a logistic regression has probabilities');
    return probabilities;
  } finally {
    await session.close();
  }
}
