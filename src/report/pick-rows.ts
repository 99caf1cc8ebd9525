import { componentRange } from '../rows/hexagons/hexagon-grid.js';
import type { RowColumns } from '../rows/row-columns.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import type { Cap, PayloadCodedColumn, PayloadRows } from '../schema/report-payload.js';
import { drawnComponents } from '../schema/vocabulary.js';
import { chooseRows } from './choose-rows.js';

/** At most `limit` of the predictions, as the payload holds them, and what was left out (see chooseRows). */
export function pickRows(table: RowColumns, limit: number, threshold: number): { rows: PayloadRows; cap: Cap | null } {
  const chosen = [...chooseRows(table, limit, threshold)];
  const number = (values: Float64Array): (number | null)[] =>
    chosen.map((row) => (Number.isFinite(values[row]) ? values[row] : null));
  const rows: PayloadRows = {
    instanceId: chosen.map((row) => table.instanceId.at(row)),
    ident: chosen.map((row) => table.ident.at(row)),
    part: pickCoded(table.part, chosen),
    fold: chosen.map((row) => table.fold[row]),
    label: pickCoded(table.label, chosen),
    family: pickCoded(table.family, chosen),
    probability: number(table.probability),
    score: number(table.score),
    predicted: pickCoded(table.predicted, chosen),
    rank: chosen.map((row) => table.rank[row]),
    ...(table.credibility && { credibility: number(table.credibility) }),
    ...(table.rejected && { rejected: pickCoded(table.rejected, chosen) }),
    ...(table.coordinates && {
      coordinates: table.coordinates.slice(0, drawnComponents).map(shortened(chosen)),
      coordinateRanges: table.coordinates.slice(0, drawnComponents).map(componentRange),
    }),
  };
  if (chosen.length === table.rows) return { rows, cap: null };
  const which = table.coordinates
    ? 'spread evenly over all'
    : 'the highest ranks, the grossest errors and the closest calls of each part';
  const why = `${which}, to keep the file small`;
  return { rows, cap: { kept: chosen.length, of: table.rows, why } };
}

/** Coordinates as a picture needs them. */
const shortened = (rows: readonly number[]) => (values: Float64Array) =>
  rows.map((row) => Number(values[row].toPrecision(coordinateDigits)));
const coordinateDigits = 6;

/** The column of the chosen rows, with no more names than they use. */
function pickCoded({ names, codes }: CodedColumn, rows: readonly number[]): PayloadCodedColumn {
  const renumbered = new Map<number, number>();
  const kept: string[] = [];
  const picked = rows.map((row) => {
    const code = codes[row];
    if (code < 0) return -1;
    const known = renumbered.get(code);
    if (known !== undefined) return known;
    renumbered.set(code, kept.length);
    return kept.push(names[code]) - 1;
  });
  return { names: kept, codes: picked };
}
