import type { BinaryCounts } from '../../ml/metrics/confusion.js';
import { type FamilyGroups, familyGroups } from '../../ml/metrics/families.js';
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
  /** Length m: probabilities before calibration; absent without. */
  readonly uncalibrated?: Float64Array;
  /** Length m: 1 malicious, 0 benign. */
  readonly positive: Uint8Array;
  readonly curve: ScoreCurve;
  /** The rows of the part (all of them) by family. */
  readonly families: FamilyGroups;
  readonly threshold: number;
  readonly counts: BinaryCounts;
  /** ROC AUC by the decision values where the model has both these and probabilities, else null. */
  readonly aucOfScores: number | null;
}

/** The labelled rows of `part`, sorted once for everything. */
export function labelledPart(part: JudgedPart, threshold: number): LabelledPart {
  const rows = labelledRows(part);
  const values = new Float64Array(rows.length);
  const scores = new Float64Array(rows.length);
  const positive = new Uint8Array(rows.length);
  let bothScales = part.scale === 'probability' && rows.length > 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    values[k] = part.value[row];
    scores[k] = part.score[row];
    positive[k] = part.truth.label[row] === 1 ? 1 : 0;
    if (Number.isNaN(scores[k])) bothScales = false;
  }
  const curve = scoreCurve(values, positive);
  return {
    of: part,
    rows,
    values,
    uncalibrated: part.uncalibrated && Float64Array.from(rows, (row) => part.uncalibrated?.[row] ?? Number.NaN),
    positive,
    curve,
    families: familyGroups(part.truth.label, part.truth.family),
    threshold,
    counts: countsAbove(curve, threshold),
    aucOfScores: bothScales ? rocAuc(scoreCurve(scores, positive)) : null,
  };
}
