import { UserError } from '../../errors.js';
import { type DenseMatrix, denseMatrix, type FeatureMatrix, missingPerColumn } from '../matrix/feature-matrix.js';
import { selectMedian } from './median.js';

/** Fills missing cells as learned from the training rows. */
export interface Imputer {
  /**
   * X (n×d) without missing cells, n×(d + number of indicators): the cells that were missing hold the training median,
   * and each indicator column says 1 where its column's cell was missing. X itself if there is nothing to do.
   */
  apply(X: FeatureMatrix): FeatureMatrix;
  /** Columns that `apply` appends an indicator for, in the order of the indicators. */
  readonly indicators: readonly number[];
  /** The names of the columns that `apply` gives, for the d names of the columns it takes. */
  featureNames(names: readonly string[]): string[];
  /** What the user must know: columns without any value in training. Plain sentences. */
  warnings(names: readonly string[]): string[];
  toJSON(): { readonly [key: string]: unknown };
}

interface Learned {
  /** Length d: what a missing cell becomes. */
  readonly medians: Float64Array;
  /** Columns with a missing cell in training, increasing: each has an indicator. */
  readonly indicators: readonly number[];
  /** Those of them that had no value at all; imputed with 0. */
  readonly empty: readonly number[];
}

/**
 * Learns the median of each column of X (n×d, NaN = missing) over its present cells (of an even number: the mean of
 * the middle two). A column that was complete in training has no indicator; should it miss cells later, they get the
 * median silently. A sparse X has no missing cells. O(n·d).
 */
export function fitMedianImputer(X: FeatureMatrix): Imputer {
  const d = X.columns;
  const missing = missingPerColumn(X);
  const medians = new Float64Array(d);
  const indicators = Array.from(missing.keys()).filter((j) => missing[j] > 0);
  if (X.kind === 'dense') for (let j = 0; j < d; j++) medians[j] = columnMedian(X, j, X.rows - missing[j]);
  return imputer({ medians, indicators, empty: indicators.filter((j) => missing[j] === X.rows) });
}

/**
 * X (n×d) without missing cells, for who looks at these rows alone, and the names of its columns: filled as by
 * `fitMedianImputer`, X itself where none is missing.
 */
export function fillMissing(
  X: FeatureMatrix,
  names: readonly string[],
): { X: FeatureMatrix; names: readonly string[] } {
  if (isComplete(X)) return { X, names };
  const { apply, featureNames } = fitMedianImputer(X);
  return { X: apply(X), names: featureNames(names) };
}

function isComplete(X: FeatureMatrix): boolean {
  return missingPerColumn(X).every((count) => count === 0);
}

/** The median of the `present` cells of column j that are not missing; 0 if there is none. */
function columnMedian(X: DenseMatrix, j: number, present: number): number {
  const cells = new Float64Array(present);
  for (let i = 0, at = j, k = 0; i < X.rows; i++, at += X.columns) {
    if (!Number.isNaN(X.values[at])) cells[k++] = X.values[at];
  }
  return present === 0 ? 0 : selectMedian(cells);
}

function imputer({ medians, indicators, empty }: Learned): Imputer {
  const d = medians.length;
  const checkWidth = (width: number): void => {
    if (width !== d) throw new RangeError(`the imputer was fitted on ${d} columns, not ${width}`);
  };
  return {
    indicators,
    apply(X) {
      checkWidth(X.columns);
      if (X.kind === 'sparse' && indicators.length === 0) return X;
      if (X.kind === 'sparse') throw new UserError('missing values are only filled in dense features');
      if (indicators.length === 0 && isComplete(X)) return X;
      return fill(X, medians, indicators);
    },
    featureNames(names) {
      checkWidth(names.length);
      return [...names, ...indicators.map((j) => `${names[j]} is missing`)];
    },
    warnings: (names) => empty.map((j) => `${names[j]} has no value in any training row: it is filled with 0`),
    toJSON: () => ({ medians: Array.from(medians), indicators: [...indicators], empty: [...empty] }),
  };
}

function fill(X: DenseMatrix, medians: Float64Array, indicators: readonly number[]): DenseMatrix {
  const d = X.columns;
  const width = d + indicators.length;
  const filled = denseMatrix(X.rows, width);
  for (let i = 0; i < X.rows; i++) {
    const from = i * d;
    const to = i * width;
    for (let j = 0; j < d; j++) {
      const value = X.values[from + j];
      filled.values[to + j] = Number.isNaN(value) ? medians[j] : value;
    }
    indicators.forEach((j, k) => {
      filled.values[to + d + k] = Number.isNaN(X.values[from + j]) ? 1 : 0;
    });
  }
  return filled;
}

/** The imputer saved as such JSON; throws UserError where it is malformed. */
export function reviveImputer(json: { readonly [key: string]: unknown }): Imputer {
  const { medians, indicators, empty } = json;
  if (!Array.isArray(medians) || !medians.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    throw malformed('medians');
  }
  if (!isColumnList(indicators, medians.length)) throw malformed('indicators');
  if (!isColumnList(empty, medians.length)) throw malformed('empty');
  return imputer({ medians: Float64Array.from(medians), indicators, empty });
}

function isColumnList(value: unknown, d: number): value is number[] {
  if (!Array.isArray(value)) return false;
  return value.every((j, k) => Number.isInteger(j) && j >= 0 && j < d && (k === 0 || j > value[k - 1]));
}

function malformed(part: string): UserError {
  return new UserError(`the saved imputation is malformed: ${part}`, { hint: 'train the model again' });
}
