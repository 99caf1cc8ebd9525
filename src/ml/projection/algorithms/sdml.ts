import { symmetricPower } from '../../linear-algebra/matrix-roots.js';
import { symmetricEigen } from '../../linear-algebra/symmetric-eigen.js';
import { defineParams } from '../../params.js';
import { randomStream } from '../../random/stream.js';
import { graphicalLasso } from '../graphical-lasso.js';
import { projectByMetric } from '../learned-metric.js';
import { metricCost } from '../metric-cost.js';
import { drawPairs, type PointPair } from '../pairs-of-points.js';
import { defineProjection } from '../projection.js';

const params = defineParams({
  balance: { type: 'number', default: 0.5, min: 0, help: 'how much the pairs weigh against the plain distance' },
  sparsity: { type: 'number', default: 0.01, min: 0, help: 'how much is charged for features that work together' },
  pairs: {
    type: 'number',
    default: 1000,
    min: 10,
    max: 20000,
    integer: true,
    help: 'pairs of instances to learn from',
  },
});

/** The smallest eigenvalue that the matrix to be inverted may have. */
const leastEigenvalue = 1e-3;

/**
 * Sparse distance metric learning (Qi, Tang, Zha, Chua and Zhang 2009): a metric with few interactions that makes pairs
 * of one class close and others far: the graphical lasso of I + balance · (mean of vvᵀ over alike pairs − over others).
 * Where that is not positive definite its eigenvalues are raised together. O(pairs·p² + p³·rounds).
 */
export const sdml = defineProjection({
  id: 'sdml',
  title: 'Sparse distance metric learning',
  summary: 'A metric learned from pairs, with few interactions of components: for few labelled instances.',
  params,
  supervised: true,
  usualComponents: 10,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 50)),
  cost: (rows, columns, _components, { pairs }) =>
    metricCost(rows, columns, () => 1e-8 * pairs * Math.min(50, columns) ** 2 + 1e-6 * Math.min(50, columns) ** 3),
  project: (input, components, { balance, sparsity, pairs }, context) =>
    projectByMetric(
      input,
      components,
      Number.POSITIVE_INFINITY,
      (classed) => {
        const p = classed.dimensions;
        const drawn = drawPairs(classed, pairs, randomStream(context.seed, 'metric pairs'));
        const { precision, converged } = graphicalLasso(pairScatter(drawn, p, balance), p, sparsity, context.signal);
        const late = 'the graphical lasso has not converged: a larger --param sparsity helps';
        return { transform: symmetricPower(precision, p, 0.5), warnings: converged ? [] : [late] };
      },
      context,
    ),
});

/** I + balance · (mean of vvᵀ of alike pairs − mean of vvᵀ of others), made positive definite. */
function pairScatter(pairs: readonly PointPair[], p: number, balance: number): Float64Array {
  const alike = Math.max(1, pairs.filter((pair) => pair.alike).length);
  const others = Math.max(1, pairs.length - alike);
  const matrix = new Float64Array(p * p);
  for (let c = 0; c < p; c++) matrix[c * p + c] = 1;
  for (const pair of pairs) {
    const weight = pair.alike ? balance / alike : -balance / others;
    for (let i = 0; i < p; i++) {
      const factor = weight * pair.difference[i];
      for (let j = 0; j < p; j++) matrix[i * p + j] += factor * pair.difference[j];
    }
  }
  const { values } = symmetricEigen(matrix, p);
  const lift = Math.max(0, leastEigenvalue - values[p - 1]);
  for (let c = 0; c < p; c++) matrix[c * p + c] += lift;
  return matrix;
}
