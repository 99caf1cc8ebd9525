import type { PredictionRow } from '../schema/api/rows.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import type { LabelWord } from '../schema/vocabulary.js';
import type { RowColumns } from './row-columns.js';

/** A row of the predictions as pages show it: undefined numbers and empty cells are null. */
export function predictionRow(columns: RowColumns, row: number): PredictionRow {
  const { part, label, family, predicted } = columns;
  const word = ({ names, codes }: CodedColumn): string | null => names[codes[row]] ?? null;
  const number = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    row,
    instanceId: columns.instanceId.at(row),
    ident: columns.ident.at(row),
    part: word(part) ?? '',
    fold: columns.fold[row] < 0 ? null : columns.fold[row],
    label: word(label) as LabelWord | null,
    family: word(family),
    probability: number(columns.probability[row]),
    score: number(columns.score[row]),
    predicted: word(predicted),
    rank: columns.rank[row],
    ...(columns.credibility && { credibility: number(columns.credibility[row]) }),
    ...(columns.coordinates && { coordinates: columns.coordinates.map((values) => number(values[row])) }),
    ...(columns.rejected && { rejected: word(columns.rejected) as PredictionRow['rejected'] }),
  };
}
