import { studentQuantile } from './student-quantile.js';

/** What the values of a figure over the folds of a cross-validation come to. */
export interface FoldSummary {
  readonly mean: number;
  /** Of the sample (n - 1); null for a single fold. */
  readonly std: number | null;
  /** 95 % interval of the mean; null for a single fold. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Mean, standard deviation and interval of a figure over k folds. Folds share most of their training rows, so that their
 * values are no independent sample and mean ± t·std/√k is far too narrow. The interval is the corrected resampled t of
 * Nadeau and Bengio (2003), Inference for the Generalization Error, Machine Learning 52: the variance of the mean
 * is (1/k + tested/trained)·std², with k - 1 degrees of freedom. Made for repeated random splits, it is the usual, rather
 * wide choice for cross-validation too (Bouckaert and Frank 2004). Not cut to the range of the figure.
 * @param values k >= 1 values of the folds where the figure is defined
 * @param testedShare rows judged in a fold by rows trained on: 1/(k - 1) for k equal folds
 */
export function summariseFolds(values: readonly number[], testedShare: number): FoldSummary {
  const k = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / k;
  if (k < 2) return { mean, std: null, low: null, high: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1);
  const half = studentQuantile(0.95, k - 1) * Math.sqrt((1 / k + testedShare) * variance);
  return { mean, std: Math.sqrt(variance), low: mean - half, high: mean + half };
}
