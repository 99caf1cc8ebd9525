import type { CodedColumn } from '../schema/prediction-table.js';

/** The columns that decide which predictions a report keeps. */
export interface ChoosableRows {
  readonly rows: number;
  readonly part: CodedColumn;
  readonly label: CodedColumn;
  readonly family: CodedColumn;
  readonly predicted: CodedColumn;
  /** What the threshold is compared with; NaN for none. */
  readonly value: Float64Array;
  readonly rank: Uint32Array;
  /** Of a projection. */
  readonly coordinates?: readonly Float64Array[];
}

/** Shares of a part's room for the highest ranks, the errors and the rows nearest to the threshold. */
const shares = { top: 0.4, errors: 0.35 };

/**
 * At most `limit` rows of a result for a report, in ascending order: of each part (room by its size, none starved) the
 * highest ranks, the errors farthest beyond the threshold, and those nearest to it; of a projection, which ranks nothing,
 * rows at equal distances. All rows where they fit.
 */
export function chooseRows(table: ChoosableRows, limit: number, threshold: number): Uint32Array {
  if (table.rows <= limit) return Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (table.coordinates) return Uint32Array.from({ length: limit }, (_, k) => Math.floor((k * table.rows) / limit));
  const chosen = new Uint8Array(table.rows);
  const byPart = rowsByPart(table.part);
  const floor = Math.floor(limit / (4 * byPart.length));
  const shared = limit - floor * byPart.length;
  for (const rows of byPart) {
    const room = Math.min(rows.length, floor + Math.floor((shared * rows.length) / table.rows));
    chooseOfPart(table, rows, room, threshold, chosen);
  }
  return collect(chosen);
}

function rowsByPart({ codes, names }: CodedColumn): Uint32Array[] {
  const counts = new Uint32Array(names.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(names.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code >= 0) lists[code][filled[code]++] = row;
  }
  return lists.filter((list) => list.length > 0);
}

function chooseOfPart(
  table: ChoosableRows,
  rows: Uint32Array,
  room: number,
  threshold: number,
  chosen: Uint8Array,
): void {
  const distance = (row: number): number => Math.abs(table.value[row] - threshold);
  let left = room;
  const take = (candidates: Uint32Array, most: number): void => {
    for (const row of candidates) {
      if (most <= 0 || left === 0) return;
      if (chosen[row] === 1) continue;
      chosen[row] = 1;
      most--;
      left--;
    }
  };
  const byRank = rows.slice().sort((a, b) => table.rank[a] - table.rank[b]);
  take(byRank, Math.floor(room * shares.top));
  const errors = rows.filter((row) => isError(table, row, threshold));
  take(
    errors.sort((a, b) => distance(b) - distance(a) || a - b),
    Math.floor(room * shares.errors),
  );
  const defined = rows.filter((row) => !Number.isNaN(table.value[row]));
  take(
    defined.sort((a, b) => distance(a) - distance(b) || a - b),
    left,
  );
  take(byRank, left);
}

/** Called malicious although benign, or the other way round; in a multiclass model, given another family. */
function isError({ label, family, predicted, value }: ChoosableRows, row: number, threshold: number): boolean {
  if (label.codes[row] < 0) return false;
  const word = predicted.names[predicted.codes[row]];
  if (word !== undefined && word !== 'malicious' && word !== 'benign') {
    return word !== family.names[family.codes[row]];
  }
  return value[row] > threshold !== (label.names[label.codes[row]] === 'malicious');
}

function collect(chosen: Uint8Array): Uint32Array {
  let count = 0;
  for (const mark of chosen) count += mark;
  const rows = new Uint32Array(count);
  let k = 0;
  for (let row = 0; row < chosen.length; row++) if (chosen[row] === 1) rows[k++] = row;
  return rows;
}
