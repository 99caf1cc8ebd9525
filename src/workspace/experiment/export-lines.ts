import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { predictionCsvHeader, predictionLine } from '../../io/results/prediction-csv.js';
import { readPredictionColumns } from '../../io/results/prediction-rows.js';
import { statisticsCsv } from '../../io/results/statistics-csv.js';
import { predictionRow } from '../../rows/prediction-row.js';
import { type RowColumns, rowColumns } from '../../rows/row-columns.js';
import type { ExperimentRecord } from './experiment-record.js';
import { rowsFile } from './save-result.js';
import type { WholeDocument } from '../workspace.js';

const rowsPerPiece = 8192;

/** The predictions of an experiment, null where it has none; throws UserError where they are damaged. */
export async function openPredictions(record: ExperimentRecord, document: WholeDocument): Promise<RowColumns | null> {
  const path = join(record.directory, rowsFile);
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (!there) return null;
  const confusion = document.panels.find((panel) => panel.kind === 'confusion');
  return rowColumns(await readPredictionColumns(path), confusion?.data.classes);
}

/** Does the experiment have a table other than its predictions? */
export function hasTable(panels: readonly { readonly kind: string }[]): boolean {
  return panels.some(({ kind }) => kind === 'feature-statistics');
}

/** The table of an experiment without predictions as CSV: figures of every feature. Throws UserError where it has none. */
export function tableCsv(record: ExperimentRecord, { panels }: WholeDocument): string {
  const panel = panels.find((candidate) => candidate.kind === 'feature-statistics');
  if (panel?.kind === 'feature-statistics') return statisticsCsv(panel.data);
  throw new UserError(`experiment ${record.id} has no rows to export as CSV`);
}

/** All predictions as CSV, piece by piece, in the order of rows.bin. */
export function* csvPieces(columns: RowColumns): Generator<string> {
  const line = predictionLine(columns);
  yield `${predictionCsvHeader(columns)}\n`;
  yield* pieces(columns.rows, (row) => line(row));
}

/** The document, all its panels with their data, and its predictions under `rows`, piece by piece. */
export function* jsonPieces(document: WholeDocument, columns: RowColumns | null): Generator<string> {
  const text = JSON.stringify(document);
  if (columns === null) {
    yield `${text}\n`;
    return;
  }
  yield `${text.slice(0, -1)},"rows":[\n`;
  yield* pieces(
    columns.rows,
    (row) => `${JSON.stringify(predictionRow(columns, row))}${row === columns.rows - 1 ? '' : ','}\n`,
  );
  yield ']}\n';
}

function* pieces(rows: number, line: (row: number) => string): Generator<string> {
  for (let start = 0; start < rows; start += rowsPerPiece) {
    let text = '';
    for (let row = start; row < Math.min(rows, start + rowsPerPiece); row++) text += line(row);
    yield text;
  }
}
