import { csvNumber, csvText } from '../../io/results/csv-cell.js';
import type { VerdictChange } from '../../schema/comparison.js';

/** Verdict changes of one pair of experiments. */
export interface ChangesOfPair {
  readonly baseline: string;
  readonly other: string;
  readonly total: number;
  at(k: number): VerdictChange;
}

const header =
  'instance_id,ident,label,family,baseline,baseline_value,baseline_verdict,other,other_value,other_verdict,change\n';

const rowsPerPiece = 8192;

/** All changed verdicts as pieces of CSV, the largest change of each pair first; safe in a spreadsheet. */
export function* changesCsv(pairs: readonly ChangesOfPair[]): Generator<string> {
  yield header;
  for (const pair of pairs) {
    for (let start = 0; start < pair.total; start += rowsPerPiece) {
      let text = '';
      for (let k = start; k < Math.min(pair.total, start + rowsPerPiece); k++) text += lineOf(pair, pair.at(k));
      yield text;
    }
  }
}

function lineOf({ baseline, other }: ChangesOfPair, row: VerdictChange): string {
  const { instanceId, ident, label, family, change } = row;
  const of = (id: string, { value, verdict }: VerdictChange['baseline']): string =>
    `${id},${csvNumber(value)},${verdict}`;
  const head = `${csvText(instanceId)},${csvText(ident)},${label ?? ''},${csvText(family ?? '')}`;
  return `${head},${of(baseline, row.baseline)},${of(other, row.other)},${csvNumber(change)}\n`;
}
