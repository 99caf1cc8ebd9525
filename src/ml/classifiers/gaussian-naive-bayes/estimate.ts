import { UserError } from '../../../errors.js';
import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { type ColumnScaling, columnScaling } from '../../preprocessing/standardisation.js';
import type { TrainingSet } from '../classifier.js';
import type { Gaussians, VarianceFloor } from './fitted-gaussians.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { standardisedCell } from '../../preprocessing/centred-cell.js';

/** Rows between two looks at the cancel signal. */
const rowsAtOnce = 4096;

type Weighted = Required<TrainingSet>;

/** Weighted mean and variance of each feature in each class, on standardised features, with a floor for the variance. */
export function estimateGaussians(
  all: Weighted,
  varianceFloor: VarianceFloor,
  varSmoothing: number,
  signal?: CancelSignal,
): Gaussians {
  const data = withoutAbsentRows(all);
  const { X, y, classCount, weights } = data;
  refuseMissing(X);
  const { mean: centre, scale, constant } = columnScaling(X, weights);
  const d = X.columns;
  const classWeight = new Float64Array(classCount);
  for (let i = 0; i < X.rows; i++) classWeight[y[i]] += weights[i];
  const scaling = { mean: centre, scale, constant };
  const mean = classMeans(data, scaling, classWeight, signal);
  const variance = classVariances(data, scaling, classWeight, mean, signal);
  const precision = varianceFloor === 'precision' ? precisions(X, scale, signal) : null;
  if (precision) {
    for (let k = 0; k < classCount; k++) {
      for (let j = 0; j < d; j++) variance[k * d + j] = Math.max(variance[k * d + j], (precision[j] / 6) ** 2);
    }
  } else {
    // A standardised feature has variance 1; where all are constant nothing is ever divided by this.
    for (let at = 0; at < variance.length; at++) variance[at] = Math.max(variance[at] + varSmoothing, 1e-300);
  }
  const total = classWeight.reduce((sum, weight) => sum + weight, 0);
  const logPrior = classWeight.map((weight) => (weight > 0 ? Math.log(weight / total) : Number.NaN));
  return { classCount, centre, scale, constant, logPrior, mean, variance, precision };
}

/** Means of z = (x − centre) / scale by class: k×d. The cells that are 0 are counted, not visited. */
function classMeans(
  data: Weighted,
  scaling: ColumnScaling,
  classWeight: Float64Array,
  signal?: CancelSignal,
): Float64Array {
  return classSums(data, scaling, classWeight, (z) => z, signal);
}

function classVariances(
  data: Weighted,
  scaling: ColumnScaling,
  classWeight: Float64Array,
  mean: Float64Array,
  signal?: CancelSignal,
): Float64Array {
  return classSums(data, scaling, classWeight, (z, at) => (z - mean[at]) ** 2, signal);
}

/** Weighted mean of term(z) by class and feature: k×d. `at` is the place of the class's feature in the result. */
function classSums(
  { X, y, classCount, weights }: Weighted,
  { mean, scale, constant }: ColumnScaling,
  classWeight: Float64Array,
  term: (z: number, at: number) => number,
  signal?: CancelSignal,
): Float64Array {
  const d = X.columns;
  const sums = new Float64Array(classCount * d);
  const visited = new Float64Array(classCount * d);
  const entries = new RowEntries(X);
  for (let i = 0; i < X.rows; i++) {
    if (i % rowsAtOnce === 0) throwIfCancelled(signal);
    entries.read(i);
    for (let e = 0; e < entries.count; e++) {
      const j = entries.columns[e];
      const at = y[i] * d + j;
      sums[at] += weights[i] * term(standardisedCell(entries.values[e], mean[j], scale[j]), at);
      visited[at] += weights[i];
    }
  }
  for (let k = 0; k < classCount; k++) {
    for (let j = 0; j < d; j++) {
      const at = k * d + j;
      const zeros = Math.max(0, classWeight[k] - visited[at]);
      const sum = sums[at] + zeros * term(-mean[j] / scale[j], at);
      sums[at] = constant[j] || classWeight[k] === 0 ? 0 : sum / classWeight[k];
    }
  }
  return sums;
}

/** Mean gap between neighbouring distinct values of each feature, in units of `scale`; 1 for a constant feature. */
function precisions(X: FeatureMatrix, scale: Float64Array, signal?: CancelSignal): Float64Array {
  const distinct = Array.from({ length: X.columns }, () => new Set<number>());
  const filled = new Uint32Array(X.columns);
  const entries = new RowEntries(X);
  for (let i = 0; i < X.rows; i++) {
    if (i % rowsAtOnce === 0) throwIfCancelled(signal);
    entries.read(i);
    for (let e = 0; e < entries.count; e++) {
      distinct[entries.columns[e]].add(entries.values[e]);
      filled[entries.columns[e]]++;
    }
  }
  return scale.map((unit, j) => {
    const values = distinct[j];
    if (filled[j] < X.rows) values.add(0);
    if (values.size < 2) return 1;
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return (high / unit - low / unit) / (values.size - 1);
  });
}

function withoutAbsentRows(data: Weighted): Weighted {
  const { X, y, classCount, weights } = data;
  if (!weights.includes(0)) return data;
  const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0);
  return {
    X: selectRows(X, rows),
    y: Uint32Array.from(rows, (row) => y[row]),
    classCount,
    weights: Float64Array.from(rows, (row) => weights[row]),
  };
}

function refuseMissing({ values }: FeatureMatrix): void {
  if (values.some((value) => !Number.isFinite(value))) {
    throw new UserError('a feature has missing or infinite values, which naive Bayes cannot take', {
      hint: 'fill missing values in (--impute median) or leave the feature out',
    });
  }
}
