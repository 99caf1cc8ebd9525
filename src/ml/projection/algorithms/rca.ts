import { defineParams } from '../../params.js';
import { denseMatrix } from '../../matrix/feature-matrix.js';
import { symmetricPower } from '../../linear-algebra/matrix-roots.js';
import { projectByMetric } from '../learned-metric.js';
import { metricCost } from '../metric-cost.js';
import { defineProjection } from '../projection.js';
import { shrunkCovariance, withinClasses } from '../within-classes.js';

const params = defineParams({
  shrinkage: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 0,
    max: 1,
    help: 'how far the covariance is drawn towards equal variances: 0 not at all, 1 wholly, auto: as Ledoit and Wolf say',
  },
});

/**
 * Relevant components analysis (Bar-Hillel, Hertz, Shental and Weinshall 2005): what varies within labels or families is
 * of no account and is made equal in all directions; the components that vary most after it are shown. O(n·p² + p³).
 */
export const rca = defineProjection({
  id: 'rca',
  title: 'Relevant components analysis',
  summary: 'Evens out what varies within labels or families; as many components as wanted.',
  params,
  supervised: true,
  usualComponents: 10,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 50)),
  cost: (rows, columns) => metricCost(rows, columns, (m) => 1e-8 * m),
  project: (input, components, { shrinkage }, context) =>
    projectByMetric(
      input,
      components,
      Number.POSITIVE_INFINITY,
      ({ points, count, dimensions, classes }) => {
        const X = denseMatrix(count, dimensions, points);
        const within = withinClasses({ X, classes, classCount: input.classCount }, 2, context.signal);
        const covariance = shrunkCovariance(within, shrinkage);
        return { transform: symmetricPower(covariance, dimensions, -0.5), warnings: [] };
      },
      context,
    ),
});
