import { UserError } from '../../errors.js';
import type { CancelSignal } from '../fit-context.js';
import { selectRows } from '../matrix/feature-matrix.js';
import { CentredRows } from './centred-rows.js';
import type { ProjectionInput } from './projection.js';
import { scatterOfColumns } from './scatter-matrix.js';

/** How rows with a class lie around the means of their classes. */
export interface WithinClasses {
  /** Rows with a class. */
  readonly count: number;
  readonly classSizes: Uint32Array;
  /** classCount×d, row-major: 0 for a class without rows. */
  readonly means: Float64Array;
  /** Length d: of all rows with a class. */
  readonly mean: Float64Array;
  /** d×d: Σ (x − mean of its class)(x − mean of its class)ᵀ. */
  readonly scatter: Float64Array;
  /** Σ |x − mean of its class|⁴. */
  readonly fourth: number;
}

/** Throws UserError where fewer than `atLeast` classes have rows. O(n·d²). */
export function withinClasses(
  { X, classes, classCount }: ProjectionInput,
  atLeast: number,
  signal?: CancelSignal,
): WithinClasses {
  const d = X.columns;
  const classSizes = new Uint32Array(classCount);
  for (const c of classes) if (c >= 0) classSizes[c]++;
  requireClasses(classSizes, atLeast);
  const means = new Float64Array(classCount * d);
  const mean = new Float64Array(d);
  const scatter = new Float64Array(d * d);
  const count = classSizes.reduce((sum, size) => sum + size, 0);
  let fourth = 0;
  for (let c = 0; c < classCount; c++) {
    if (classSizes[c] === 0) continue;
    const rows = Uint32Array.from(classes.keys()).filter((i) => classes[i] === c);
    const centred = new CentredRows(selectRows(X, rows));
    const own = scatterOfColumns(centred, signal);
    for (let at = 0; at < own.length; at++) scatter[at] += own[at];
    means.set(centred.mean, c * d);
    for (let j = 0; j < d; j++) mean[j] += (classSizes[c] / count) * centred.mean[j];
    for (const length of squaredLengths(centred)) fourth += length * length;
  }
  return { count, classSizes, means, mean, scatter, fourth };
}

/** Throws UserError where fewer than `atLeast` classes have rows: without them nothing can be learned. */
export function requireClasses(classSizes: Uint32Array, atLeast: number): void {
  const present = classSizes.reduce((sum, size) => sum + Number(size > 0), 0);
  if (present >= atLeast) return;
  throw new UserError(
    `the algorithm learns from at least ${atLeast} labels or families, and ${present} have instances`,
    {
      hint: 'label some instances (secuml active-learning), or take an algorithm that needs no labels: --algorithm pca',
    },
  );
}

/** |x − mean|² of each row. */
function squaredLengths({ X, mean }: CentredRows): Float64Array {
  const lengths = new Float64Array(X.rows);
  const ofMean = mean.reduce((sum, m) => sum + m * m, 0);
  const { values } = X;
  for (let i = 0; i < X.rows; i++) {
    if (X.kind === 'dense') {
      for (let j = 0, at = i * X.columns; j < X.columns; j++, at++) lengths[i] += (values[at] - mean[j]) ** 2;
    } else {
      lengths[i] = ofMean;
      for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) {
        lengths[i] += values[at] * (values[at] - 2 * mean[X.columnIndex[at]]);
      }
    }
  }
  return lengths;
}

/**
 * The covariance within classes, shrunk towards a multiple of the identity so that it can be inverted: d×d.
 * @param shrinkage 0 … 1, or 'auto': what Ledoit and Wolf (2004) estimate for the rows less the means of their classes
 * Throws UserError where nothing varies within classes, as where each has a single row.
 */
export function shrunkCovariance({ scatter, count, fourth }: WithinClasses, shrinkage: number | 'auto'): Float64Array {
  const d = Math.sqrt(scatter.length);
  const covariance = scatter.map((value) => value / count);
  let trace = 0;
  let squares = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j];
  for (const value of covariance) squares += value * value;
  if (!(trace > 0)) {
    throw new UserError('the instances of each label or family are all the same: nothing varies within it', {
      hint: 'go by the other (--by label, --by family), or take an algorithm that needs no labels: --algorithm pca',
    });
  }
  const level = trace / d;
  const spread = (squares - 2 * level * trace + d * level * level) / d;
  const noise = (fourth / count - squares) / (d * count);
  const share = shrinkage === 'auto' ? (spread > 0 ? Math.max(0, Math.min(noise, spread)) / spread : 1) : shrinkage;
  for (let at = 0; at < covariance.length; at++) covariance[at] *= 1 - share;
  for (let j = 0; j < d; j++) covariance[j * d + j] += share * level;
  return covariance;
}
