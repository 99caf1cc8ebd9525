import { f1Score, share } from './confusion.js';

/** How one class of k fared. */
export interface ClassIndicators {
  /** Rows that are of the class. */
  readonly instances: number;
  /** Rows that were said to be of the class. */
  readonly predicted: number;
  /** Null where it was never predicted. */
  readonly precision: number | null;
  /** Null where no row is of it. */
  readonly recall: number | null;
  /** Null where it occurs neither in truth nor in predictions. */
  readonly f1: number | null;
}

export interface MulticlassIndicators {
  /** Null without rows. */
  readonly accuracy: number | null;
  /** Mean F1 of the classes that occur in truth or predictions. */
  readonly f1Macro: number | null;
  /** F1 of all classes' counts together; equals accuracy, as every row has one true and one predicted class. */
  readonly f1Micro: number | null;
  readonly classes: readonly ClassIndicators[];
}

/**
 * k×k row-major: entry (t, p) counts the rows of true class t predicted to be p.
 * @param truth length n: class 0 … k-1; rows with a negative class are left out
 * @param predicted length n: class 0 … k-1
 */
export function confusionMatrix(truth: Int32Array | Uint32Array, predicted: Uint32Array, k: number): Uint32Array {
  const matrix = new Uint32Array(k * k);
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] < 0) continue;
    if (truth[i] >= k || predicted[i] >= k) throw new RangeError(`row ${i} has a class beyond the ${k} classes`);
    matrix[truth[i] * k + predicted[i]]++;
  }
  return matrix;
}

/**
 * Indicators of a k×k confusion matrix. Averages are over the classes that occur in truth or predictions, and there an
 * undefined precision or recall counts as an F1 of 0: scikit-learn's default labels with zero_division=0. O(k²).
 */
export function multiclassIndicators(matrix: Uint32Array, k: number): MulticlassIndicators {
  const instances = new Float64Array(k);
  const predicted = new Float64Array(k);
  for (let t = 0; t < k; t++) {
    for (let p = 0; p < k; p++) {
      instances[t] += matrix[t * k + p];
      predicted[p] += matrix[t * k + p];
    }
  }
  let rows = 0;
  let right = 0;
  const classes: ClassIndicators[] = [];
  for (let c = 0; c < k; c++) {
    const hits = matrix[c * k + c];
    rows += instances[c];
    right += hits;
    classes.push({
      instances: instances[c],
      predicted: predicted[c],
      precision: share(hits, predicted[c]),
      recall: share(hits, instances[c]),
      f1: f1Score(hits, predicted[c] - hits, instances[c] - hits),
    });
  }
  const defined = classes.map(({ f1 }) => f1).filter((f1) => f1 !== null);
  const accuracy = share(right, rows);
  return {
    accuracy,
    f1Macro: share(
      defined.reduce((sum, f1) => sum + f1, 0),
      defined.length,
    ),
    f1Micro: accuracy,
    classes,
  };
}
