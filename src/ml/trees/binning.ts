import { UserError } from '../../errors.js';
import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { DistinctFinder, type DistinctValues } from './distinct-values.js';

/** A column has at most this many cells: what a Uint16 code can name. */
export const maxCells = 65_536;

/**
 * One feature in cells: a row's cell is its code, and the codes are in the order of the values. Up to `maxCells`
 * distinct values each is a cell of its own, so nothing is lost; beyond, neighbouring values share cells of about
 * equally many rows.
 */
export type BinnedColumn = DenseColumn | ListColumn;

interface Cells {
  /** Smallest value in each cell. */
  readonly low: Float64Array;
  /** Largest value in each cell; the same array as `low` where each cell holds one value. */
  readonly high: Float64Array;
}

/** Code of every row. */
export interface DenseColumn extends Cells {
  readonly kind: 'dense';
  /** Length n. One byte a row where there are at most 256 cells. */
  readonly codes: Uint8Array | Uint16Array;
}

/** Codes of those rows only that are not zero. */
export interface ListColumn extends Cells {
  readonly kind: 'list';
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly codes: Uint16Array;
  /** Code of every other row; -1 where there is no other row. */
  readonly zeroCode: number;
}

/** Columns first … first + columns.length - 1 of an n×d matrix, on shared buffers. */
export interface BinnedColumns {
  readonly first: number;
  readonly columns: readonly BinnedColumn[];
}

/**
 * Bins the columns first … last - 1 of X. The matrix in cells takes n·d or 2·n·d bytes (an eighth or a quarter of the
 * doubles); columns of a sparse matrix with few entries are kept as lists of 6 bytes an entry.
 * Throws UserError where a cell is missing (NaN) or infinite.
 */
export function binColumns(X: FeatureMatrix, first: number, last: number): BinnedColumns {
  const finder = new DistinctFinder();
  const ids = new Uint32Array(X.rows);
  const columns: BinnedColumn[] = [];
  if (X.kind === 'sparse') {
    const lists = transposeColumns(X, first, last);
    for (let j = 0; j < last - first; j++) columns.push(binList(X.rows, lists, j, first + j, finder, ids));
  } else {
    const values = new Float64Array(X.rows);
    for (let j = first; j < last; j++) {
      for (let i = 0, at = j; i < X.rows; i++, at += X.columns) values[i] = X.values[at];
      refuseNonFinite(values, X.rows, j);
      const { cellOf, cells } = makeCells(finder.find(values, X.rows, ids), ids, X.rows);
      columns.push(denseColumn(cells, X.rows, (codes) => {
        for (let i = 0; i < codes.length; i++) codes[i] = cellOf[ids[i]];
      }));
    }
  }
  return { first, columns };
}

function denseColumn(cells: Cells, rows: number, fill: (codes: Uint8Array | Uint16Array) => void): DenseColumn {
  const narrow = cells.low.length <= 256;
  const codes = narrow ? new Uint8Array(new SharedArrayBuffer(rows)) : new Uint16Array(new SharedArrayBuffer(rows * 2));
  fill(codes);
  return { kind: 'dense', codes, ...cells };
}

interface ColumnLists {
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

/** The entries of some columns of a sparse matrix by column, rows ascending. */
function transposeColumns(X: SparseMatrix, first: number, last: number): ColumnLists {
  const start = new Uint32Array(last - first + 1);
  const inside = (column: number): boolean => column >= first && column < last;
  for (const column of X.columnIndex) if (inside(column)) start[column - first + 1]++;
  for (let j = 0; j < last - first; j++) start[j + 1] += start[j];
  const next = start.slice();
  const rows = new Uint32Array(start[last - first]);
  const values = new Float64Array(rows.length);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) {
      const column = X.columnIndex[k];
      if (!inside(column)) continue;
      const at = next[column - first]++;
      rows[at] = i;
      values[at] = X.values[k];
    }
  }
  return { start, rows, values };
}

function binList(
  n: number,
  lists: ColumnLists,
  index: number,
  column: number,
  finder: DistinctFinder,
  ids: Uint32Array,
): BinnedColumn {
  const [from, to] = [lists.start[index], lists.start[index + 1]];
  const entries = to - from;
  const hasZeros = entries < n;
  // The value 0 of the rows without an entry stands behind the entries and counts n - entries times.
  const values = new Float64Array(entries + 1);
  values.set(lists.values.subarray(from, to));
  refuseNonFinite(values, entries, column);
  const found = finder.find(values, hasZeros ? entries + 1 : entries, ids);
  const { cellOf, cells } = makeCells(found, ids, entries, hasZeros ? { id: ids[entries], rows: n - entries } : undefined);
  const zeroCode = hasZeros ? cellOf[ids[entries]] : -1;
  const rows = lists.rows.subarray(from, to);
  if (entries * 6 < n) {
    const listRows = new Uint32Array(new SharedArrayBuffer(entries * 4));
    listRows.set(rows);
    const codes = new Uint16Array(new SharedArrayBuffer(entries * 2));
    for (let e = 0; e < entries; e++) codes[e] = cellOf[ids[e]];
    return { kind: 'list', rows: listRows, codes, zeroCode, ...cells };
  }
  return denseColumn(cells, n, (codes) => {
    if (hasZeros) codes.fill(zeroCode);
    for (let e = 0; e < entries; e++) codes[rows[e]] = cellOf[ids[e]];
  });
}

/** Cells of a column and the cell of each distinct value's id. `ids` of the first `n` rows; `more` rows of one id. */
function makeCells(
  found: DistinctValues,
  ids: Uint32Array,
  n: number,
  more?: { id: number; rows: number },
): { cellOf: Uint32Array; cells: Cells } {
  const { sorted, rank } = found;
  if (sorted.length <= maxCells) {
    const low = shared(sorted);
    return { cellOf: rank, cells: { low, high: low } };
  }
  const rowsOfRank = new Uint32Array(sorted.length);
  for (let i = 0; i < n; i++) rowsOfRank[rank[ids[i]]]++;
  if (more) rowsOfRank[rank[more.id]] += more.rows;
  const cellOfRank = groupIntoCells(rowsOfRank, n + (more?.rows ?? 0), maxCells);
  const low: number[] = [];
  const high: number[] = [];
  for (let r = 0; r < sorted.length; r++) {
    const cell = cellOfRank[r];
    low[cell] ??= sorted[r];
    high[cell] = sorted[r];
  }
  const cellOf = rank.map((r) => cellOfRank[r]);
  return { cellOf, cells: { low: shared(Float64Array.from(low)), high: shared(Float64Array.from(high)) } };
}

/** Puts u ascending values into at most `limit` consecutive cells of about `total / limit` rows each. */
export function groupIntoCells(rowsOfRank: Uint32Array, total: number, limit: number): Uint32Array {
  const cellOfRank = new Uint32Array(rowsOfRank.length);
  let before = 0;
  let cell = -1;
  let target = -1;
  for (let r = 0; r < rowsOfRank.length; r++) {
    // A value opens a new cell when the rows before it have reached the next multiple of total / limit.
    const reached = Math.floor((before * limit) / total);
    if (reached > target) {
      cell++;
      target = reached;
    }
    cellOfRank[r] = cell;
    before += rowsOfRank[r];
  }
  return cellOfRank;
}

function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

function refuseNonFinite(values: Float64Array, n: number, column: number): void {
  for (let i = 0; i < n; i++) {
    // The difference of a number with itself is 0 unless it is NaN or infinite.
    if (values[i] - values[i] !== 0) {
      throw new UserError(`feature ${column + 1} has a missing or infinite value, which a tree cannot take`, {
        hint: 'fill missing values in (--impute median) or leave the feature out',
      });
    }
  }
}
