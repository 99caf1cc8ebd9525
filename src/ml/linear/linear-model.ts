import { UserError } from '../../errors.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { standardisedCell } from '../preprocessing/centred-cell.js';

/** Linear decision functions over raw features: score_c(x) = intercept_c + Σ_j coefficient_cj·(x_j − mean_j)/scale_j. */
export interface LinearModel {
  /** Length d. */
  readonly mean: Float64Array;
  /** Length d, > 0. */
  readonly scale: Float64Array;
  /** One per decision function, each of length d: weight of the standardised feature. */
  readonly coefficients: readonly Float64Array[];
  readonly intercepts: Float64Array;
}

/** A column whose mean is farther from 0 than this many scales is centred cell by cell, lest its digits cancel. */
const farFromZero = 1e4;
/** Sums of terms cut here stay finite for any number of columns that fits into memory. */
const largestTerm = 1e290;

/**
 * Decision values of X (n×d) under function `index`, written to out[offset + i·stride]. Always finite. The same cells
 * give the same bytes, dense or sparse. O(stored cells).
 */
export function linearScores(
  model: LinearModel,
  index: number,
  X: FeatureMatrix,
  out: Float64Array,
  offset = 0,
  stride = 1,
): void {
  const { mean, scale, intercepts } = model;
  const coefficients = model.coefficients[index];
  const d = mean.length;
  if (X.columns !== d) throw new RangeError(`the model has ${d} features, the data ${X.columns}`);
  const slope = new Float64Array(d);
  const far: number[] = [];
  let base = intercepts[index];
  for (let j = 0; j < d; j++) {
    if (coefficients[j] === 0) continue;
    if (Math.abs(mean[j]) > farFromZero * scale[j]) {
      far.push(j);
      continue;
    }
    slope[j] = coefficients[j] / scale[j];
    base -= mean[j] * slope[j];
  }
  const { values } = X;
  for (let i = 0; i < X.rows; i++) {
    let sum = base;
    if (X.kind === 'dense') {
      for (let j = 0, at = i * d; j < d; j++, at++) sum += values[at] * slope[j];
    } else {
      for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) sum += values[at] * slope[X.columnIndex[at]];
    }
    for (const j of far) sum += standardisedCell(cell(X, i, j), mean[j], scale[j]) * coefficients[j];
    out[offset + i * stride] = Number.isFinite(sum) ? sum : boundedScore(model, index, X, i);
  }
}

/** The score of a row whose plain sum overflowed: each term is cut at ±1e290. */
function boundedScore(model: LinearModel, index: number, X: FeatureMatrix, i: number): number {
  let sum = model.intercepts[index];
  model.coefficients[index].forEach((coefficient, j) => {
    if (coefficient === 0) return;
    const term = (cell(X, i, j) / model.scale[j] - model.mean[j] / model.scale[j]) * coefficient;
    sum += Math.max(-largestTerm, Math.min(largestTerm, term));
  });
  if (Number.isNaN(sum)) throw new RangeError(`row ${i} has a missing value, which a linear model cannot score`);
  return sum;
}

/** Cell (i, j) of X. */
function cell(X: FeatureMatrix, i: number, j: number): number {
  if (X.kind === 'dense') return X.values[i * X.columns + j];
  let low = X.rowStart[i];
  let high = X.rowStart[i + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (X.columnIndex[middle] < j) low = middle + 1;
    else high = middle;
  }
  return low < X.rowStart[i + 1] && X.columnIndex[low] === j ? X.values[low] : 0;
}

/** The model as plain arrays; doubles survive JSON exactly. */
export function linearModelToJson(model: LinearModel): Record<string, unknown> {
  return {
    mean: Array.from(model.mean),
    scale: Array.from(model.scale),
    coefficients: model.coefficients.map((row) => Array.from(row)),
    intercepts: Array.from(model.intercepts),
  };
}

/** The model of such JSON with `functions` decision functions; throws UserError where it is malformed. */
export function linearModelFromJson(json: Readonly<Record<string, unknown>>, functions: number): LinearModel {
  const mean = numbers(json.mean, 'mean');
  const scale = numbers(json.scale, 'scale', mean.length);
  if (!scale.every((value) => value > 0)) throw malformed('a scale is not greater than 0');
  if (!Array.isArray(json.coefficients) || json.coefficients.length !== functions) {
    throw malformed(`expected ${functions} rows of coefficients`);
  }
  const coefficients = json.coefficients.map((row) => numbers(row, 'coefficients', mean.length));
  return { mean, scale, coefficients, intercepts: numbers(json.intercepts, 'intercepts', functions) };
}

function numbers(value: unknown, name: string, length?: number): Float64Array {
  if (!Array.isArray(value) || !value.every((x) => typeof x === 'number' && Number.isFinite(x))) {
    throw malformed(`${name} is not a list of finite numbers`);
  }
  if (length !== undefined && value.length !== length) {
    throw malformed(`${name} has ${value.length} values, expected ${length}`);
  }
  return Float64Array.from(value);
}

/** The error for JSON that is not a logistic regression. */
export function malformed(what: string): UserError {
  return new UserError(`the saved logistic regression is malformed: ${what}`, { hint: 'train the model again' });
}
