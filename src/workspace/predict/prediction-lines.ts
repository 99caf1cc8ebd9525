import type { PredictedRow } from '../../schema/predicted-row.js';
import { csvNumber, csvText } from '../../io/results/csv-cell.js';
import { predictionCsvHeader } from '../../io/results/prediction-csv.js';

/** Rows that are one text: few enough that its memory is soon given back. */
const rowsPerPiece = 512;

/** Rows as CSV with the header of predictions.csv; what is not known of them (fold, label, family) is empty. */
export async function* csvLines(rows: AsyncIterable<PredictedRow[]>, part: string): AsyncGenerator<string> {
  yield `${predictionCsvHeader({})}\n`;
  const partCell = csvText(part);
  yield* pieces(rows, ({ instanceId, ident, probability, score, predicted, rank }) => {
    const figures = `${csvNumber(probability)},${csvNumber(score)}`;
    const place = rank === null ? '' : String(rank);
    return `${csvText(instanceId)},${csvText(ident)},${partCell},,,,${figures},${csvText(predicted)},${place}\n`;
  });
}

/** Rows as JSON, one object a line. */
export async function* jsonLines(rows: AsyncIterable<PredictedRow[]>): AsyncGenerator<string> {
  const number = (value: number): number | null => (Number.isFinite(value) ? value : null);
  yield* pieces(rows, ({ instanceId, ident, probability, score, predicted, rank }) => {
    const figures = { probability: number(probability), score: number(score) };
    return `${JSON.stringify({ instanceId, ident, ...figures, predicted, rank })}\n`;
  });
}

async function* pieces(
  batches: AsyncIterable<PredictedRow[]>,
  line: (row: PredictedRow) => string,
): AsyncGenerator<string> {
  for await (const rows of batches) {
    for (let start = 0; start < rows.length; start += rowsPerPiece) {
      let text = '';
      for (let k = start; k < Math.min(rows.length, start + rowsPerPiece); k++) text += line(rows[k]);
      yield text;
    }
  }
}
