import { descendingOrder } from './row-order.js';
import { zOfLevel } from './intervals.js';
import { twoSidedTail } from './normal-tail.js';

/** The areas under the ROC curves of two scores of the same rows, and what lies between them. */
export interface PairedAuc {
  readonly first: number;
  readonly second: number;
  /** second - first. */
  readonly difference: number;
  /** Of the difference; null where it has no variance (the same order of rows twice, a row of a class alone). */
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of no difference; null likewise, but 1 where there is none at all. */
  readonly pValue: number | null;
}

/**
 * The difference of two areas under the ROC curve on the same n rows, with the interval and test of DeLong, DeLong and
 * Clarke-Pearson (1988). Their variance of the difference is that of the rows' differences of placements: with D_i the
 * difference for positive row i and E_j for negative row j, var(D)/positives + var(E)/negatives, the same as L S L' of
 * the paper's eq. 5 without its matrices. Placements come from one sort for each score, as in Sun and Xu (2014). O(n).
 * Null where a class is empty.
 * @param positive length n: not 0 = positive
 */
export function pairedAuc(
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
  level = 0.95,
): PairedAuc | null {
  const n = positive.length;
  let positives = 0;
  for (let i = 0; i < n; i++) if (positive[i] !== 0) positives++;
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return null;
  const ofFirst = placements(first, positive, positives, negatives);
  const ofSecond = placements(second, positive, positives, negatives);
  // Twice the pairs are whole numbers: the areas are exact, and so is that of a difference of none.
  const area = (twice: number): number => twice / (2 * positives * negatives);
  const difference = area(ofSecond.twicePairs - ofFirst.twicePairs);
  const variance = varianceOfDifference(ofFirst.share, ofSecond.share, positive, positives, negatives);
  const head = { first: area(ofFirst.twicePairs), second: area(ofSecond.twicePairs), difference };
  if (variance === null || variance === 0) {
    return { ...head, low: null, high: null, pValue: variance === 0 && difference === 0 ? 1 : null };
  }
  const deviation = Math.sqrt(variance);
  const half = zOfLevel(level) * deviation;
  return {
    ...head,
    low: Math.max(-1, difference - half),
    high: Math.min(1, difference + half),
    pValue: twoSidedTail(difference / deviation),
  };
}

/**
 * For each positive row the share of negative rows below it, for each negative row the share of positive rows above it,
 * ties by half; and twice the number of pairs in the right order.
 */
function placements(
  values: Float64Array,
  positive: Uint8Array,
  positives: number,
  negatives: number,
): { share: Float64Array; twicePairs: number } {
  const order = descendingOrder(values);
  const share = new Float64Array(values.length);
  let twicePairs = 0;
  let positivesAbove = 0;
  let negativesAbove = 0;
  for (let from = 0; from < order.length; ) {
    const value = values[order[from]];
    let end = from;
    let p = 0;
    for (; end < order.length && values[order[end]] === value; end++) if (positive[order[end]] !== 0) p++;
    const q = end - from - p;
    const ofPositive = (negatives - negativesAbove - q / 2) / negatives;
    const ofNegative = (positivesAbove + p / 2) / positives;
    for (let k = from; k < end; k++) share[order[k]] = positive[order[k]] !== 0 ? ofPositive : ofNegative;
    twicePairs += p * (2 * (negatives - negativesAbove) - q);
    positivesAbove += p;
    negativesAbove += q;
    from = end;
  }
  return { share, twicePairs };
}

/** Null where a class has a single row. */
function varianceOfDifference(
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
  positives: number,
  negatives: number,
): number | null {
  if (positives < 2 || negatives < 2) return null;
  const mean = [0, 0];
  for (let i = 0; i < positive.length; i++) mean[positive[i] !== 0 ? 1 : 0] += second[i] - first[i];
  mean[0] /= negatives;
  mean[1] /= positives;
  const squares = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const c = positive[i] !== 0 ? 1 : 0;
    squares[c] += (second[i] - first[i] - mean[c]) ** 2;
  }
  return squares[1] / (positives - 1) / positives + squares[0] / (negatives - 1) / negatives;
}
