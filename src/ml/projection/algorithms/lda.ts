import { UserError } from '../../../errors.js';
import { choleskyInPlace, choleskySolve } from '../../kernels/cholesky.js';
import { fixSigns, symmetricEigen } from '../../linear-algebra/symmetric-eigen.js';
import { defineParams } from '../../params.js';
import { CentredRows } from '../centred-rows.js';
import { linearCoordinates } from '../linear-coordinates.js';
import { defineProjection } from '../projection.js';
import { shrunkCovariance, type WithinClasses, withinClasses } from '../within-classes.js';

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
 * Linear discriminant analysis (Fisher 1936; Rao 1948; scikit-learn's LinearDiscriminantAnalysis, solver 'eigen'): the
 * directions along which the means of classes lie farthest apart, in units of the spread within classes. Departures:
 * 'auto' estimates one shrinkage for all classes, and the scatter of the means is not shrunk. O(n·d² + d³).
 */
export const lda = defineProjection({
  id: 'lda',
  title: 'Linear discriminant analysis',
  summary: 'What tells labels or families apart best: one direction fewer than there are classes.',
  params,
  supervised: true,
  usualComponents: 10,
  mostComponents: (_rows, columns, classCount) => Math.min(columns, Math.max(0, classCount - 1)),
  cost: (rows, columns) => ({
    seconds: 1e-9 * rows * columns ** 2 + 1e-9 * columns ** 3,
    bytes: 32 * columns ** 2 + 8 * rows * columns,
  }),
  async project(input, components, { shrinkage }, { signal }) {
    const within = withinClasses(input, 2, signal);
    const d = input.X.columns;
    const factor = shrunkCovariance(within, shrinkage);
    if (!choleskyInPlace(factor, d)) {
      throw new UserError('the features do not vary independently within the classes', {
        hint: 'let the covariance shrink: --param shrinkage=auto, or a number such as 0.1',
      });
    }
    const { axes, found } = discriminants(within, factor, components);
    fixSigns(axes, d);
    const rows = new CentredRows(input.X, within.mean);
    const few = `the classes tell ${found} directions apart, fewer than the ${components} that were asked for`;
    return {
      components: found,
      coordinates: linearCoordinates(rows, axes),
      linear: { axes, mean: within.mean },
      variance: null,
      warnings: found < components ? [few] : [],
    };
  },
});

/** Directions a with aᵀ·W·a = 1 that make aᵀ·B·a largest, B the scatter of the means: by the means alone, C×C. */
function discriminants({ means, mean, classSizes, count }: WithinClasses, factor: Float64Array, components: number) {
  const d = mean.length;
  const classCount = classSizes.length;
  const away = means.map((value, at) => (value - mean[at % d]) * Math.sqrt(classSizes[Math.floor(at / d)] / count));
  const solved = away.slice();
  for (let c = 0; c < classCount; c++) choleskySolve(factor, d, solved.subarray(c * d, (c + 1) * d));
  const products = new Float64Array(classCount * classCount);
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b < classCount; b++) {
      for (let j = 0; j < d; j++) products[a * classCount + b] += away[a * d + j] * solved[b * d + j];
    }
  }
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b < a; b++) products[a * classCount + b] = products[b * classCount + a];
  }
  const { values, vectors } = symmetricEigen(products, classCount);
  // Classes whose means lie in a plane, or of which some are empty, have fewer directions.
  const rank = values.findIndex((value) => !(value > 1e-10 * Math.max(values[0], 1e-300)));
  const found = Math.min(components, rank === -1 ? classCount : rank);
  if (found === 0)
    throw new UserError('the means of all labels or families are the same: there is nothing to tell apart');
  const axes = new Float64Array(found * d);
  for (let k = 0; k < found; k++) {
    const unit = 1 / Math.sqrt(values[k]);
    for (let c = 0; c < classCount; c++) {
      const weight = vectors[k * classCount + c] * unit;
      for (let j = 0; j < d; j++) axes[k * d + j] += weight * solved[c * d + j];
    }
  }
  return { axes, found };
}
