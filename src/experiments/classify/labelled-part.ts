import type { BinaryCounts } from '../../ml/metrics/confusion.js';
import { rocAuc } from '../../ml/metrics/roc.js';
import { countsAbove, type ScoreCurve, scoreCurve } from '../../ml/metrics/score-curve.js';
import { type JudgedPart, labelledRows } from './judged-part.js';

/** The labelled rows of a part as the metrics want them; m rows. */
export interface LabelledPart {
  readonly of: JudgedPart;
  /** Length m: row of the part. */
  readonly rows: Uint32Array;
  /** Length m: what decides (see JudgedPart.value). */
  readonly values: Float64Array;
  /** Length m: 1 malicious, 0 benign. */
  readonly positive: Uint8Array;
  readonly curve: ScoreCurve;
  readonly threshold: number;
  readonly counts: BinaryCounts;
  /** ROC AUC by the decision values where the model has both these and probabilities, else null. */
  readonly aucOfScores: number | null;
}

/** The labelled rows of `part`, sorted once for everything. */
export function labelledPart(part: JudgedPart, threshold: number): LabelledPart {
  const rows = labelledRows(part);
  const values = Float64Array.from(rows, (row) => part.value[row]);
  const positive = Uint8Array.from(rows, (row) => Number(part.truth.label[row] === 1));
  const curve = scoreCurve(values, positive);
  const scores = Float64Array.from(rows, (row) => part.score[row]);
  const bothScales = part.scale === 'probability' && rows.length > 0 && !scores.some(Number.isNaN);
  return {
    of: part,
    rows,
    values,
    positive,
    curve,
    threshold,
    counts: countsAbove(curve, threshold),
    aucOfScores: bothScales ? rocAuc(scoreCurve(scores, positive)) : null,
  };
}
