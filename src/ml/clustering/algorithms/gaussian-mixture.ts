import { counted, UserError } from '../../../errors.js';
import { throwIfCancelled } from '../../fit-context.js';
import { type FeatureMatrix, toDense } from '../../matrix/feature-matrix.js';
import { defineParams } from '../../params.js';
import { defineClusterer } from '../clusterer.js';
import { initialResponsibilities } from '../gaussian-mixture/initial-responsibilities.js';
import { covarianceKinds, Mixture, mixtureParameters } from '../gaussian-mixture/mixture.js';
import { numberClusters } from '../number-clusters.js';

const params = defineParams({
  covariance: {
    type: 'choice',
    words: covarianceKinds,
    default: 'diagonal',
    help: 'shapes of the clusters: along the features, any (full), or any but the same for all (tied)',
  },
  maxIterations: { type: 'number', default: 100, min: 1, max: 100_000, integer: true, help: 'rounds' },
  tolerance: {
    type: 'number',
    default: 1e-3,
    min: 0,
    help: 'it ends when the mean log-likelihood gains less',
  },
  regularisation: {
    type: 'number',
    default: 1e-6,
    min: 0,
    help: 'added to each variance, so that no cluster collapses',
  },
});

/**
 * Mixture of Gaussians by expectation and maximisation (Dempster, Laird and Rubin 1977) from the clusters of one start of
 * k-means, each row going to its likeliest component; defaults as scikit-learn's, but for the covariances, which are
 * diagonal. Its figures are the Bayesian information criterion (Schwarz 1978; smaller is better) and the mean
 * log-likelihood of a row. A round costs O(n·k·d), full and tied covariances O(n·k·d²).
 */
export const gaussianMixture = defineClusterer({
  id: 'gaussian-mixture',
  title: 'Gaussian mixture',
  summary: 'Clusters of different spread and shape, which may overlap; compares numbers of clusters by the BIC.',
  params,
  takesClusterCount: true,
  cost(rows, columns, clusters, { covariance, maxIterations }) {
    const cells = covariance === 'diagonal' ? columns : columns * columns;
    const covariances = covariance === 'full' ? clusters * columns * columns : columns * columns;
    return {
      seconds: Math.min(maxIterations, 30) * rows * clusters * cells * 1.5e-9,
      bytes: 8 * (rows * columns + 2 * rows * clusters + (covariance === 'diagonal' ? 0 : 3 * covariances)),
    };
  },
  async cluster(X, clusters, { covariance, maxIterations, tolerance, regularisation }, context) {
    const dense = toDense(X);
    const start = await initialResponsibilities(X, clusters, context);
    const mixture = new Mixture(dense, start.components, covariance, regularisation);
    mixture.responsibilities.set(start.responsibilities);
    let likelihood = Number.NEGATIVE_INFINITY;
    let converged = false;
    for (let round = 0; round < maxIterations && !converged; round++) {
      throwIfCancelled(context.signal);
      if (!mixture.maximise()) throw collapsed(X, covariance);
      const reached = mixture.expect();
      converged = Math.abs(reached - likelihood) < tolerance;
      likelihood = reached;
      context.progress?.(round + 1, maxIterations, 'rounds of the mixture');
    }
    const free = mixtureParameters(covariance, start.components, X.columns);
    return {
      ...numberClusters(mixture.assignment()),
      figures: {
        bic: -2 * likelihood * X.rows + free * Math.log(X.rows),
        logLikelihood: likelihood,
      },
      warnings: converged
        ? []
        : [
            `the mixture had not settled after ${counted(maxIterations, 'round')}: raise --param maxIterations=${maxIterations}`,
          ],
    };
  },
});

function collapsed({ columns }: FeatureMatrix, covariance: string): UserError {
  return new UserError(
    `the ${covariance} covariances of the mixture collapsed: some cluster has too few instances for ${counted(columns, 'feature')}`,
    {
      hint: 'use fewer clusters, --param covariance=diagonal, or a larger --param regularisation',
    },
  );
}
