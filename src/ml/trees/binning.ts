import { UserError } from '../../errors.js';
import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { DistinctFinder, type DistinctValues } from './distinct-values.js';

/**
 * A column has at most this many cells. More would change no figure of quality (254 cost a forest up to 0.006 of AUC,
 * some thousands nothing), but their values would take more memory than the data.
 */
export const maxCells = 16_384;

/**
 * One feature in cells: a row's cell is its code, and the codes are in the order of the values. Up to `maxCells`
 * distinct values each is a cell of its own, so nothing is lost; beyond, neighbouring values share cells of about
 * equally many rows. At least one of `codes` and `list` is there.
 */
export interface BinnedColumn extends Cells {
  /** Code of every row (length n, one byte each where there are at most 256 cells); null where the list is enough. */
  readonly codes: Uint8Array | Uint16Array | null;
  /** The rows outside the commonest cell; null where they are many. */
  readonly list: CellEntries | null;
}

interface Cells {
  /** Smallest value in each cell. */
  readonly low: Float64Array;
  /** Largest value in each cell; the same array as `low` where each cell holds one value. */
  readonly high: Float64Array;
}

/** Codes of some rows; every other row is in the cell `commonCode`. */
export interface CellEntries {
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly codes: Uint16Array;
  readonly commonCode: number;
}

/** A column with at most this share of rows outside its commonest cell is (also) kept as a list of those rows. */
const listShare = 1 / 4;

/** Codes of all rows of a sparse column are kept too where they take at most this many bytes an entry … */
const codeBytesPerEntry = 48;

/** … or where the codes of the whole matrix take at most this many bytes, as they are faster to look up than a list. */
const fewCodeBytes = 2 ** 25;

/**
 * Bins the columns first … last - 1 of X. A column takes n bytes (2n with more than 256 cells), against 8n as doubles,
 * and 6 bytes for each row outside its commonest cell where these are few; a large sparse matrix takes no more than
 * about four times what it takes as such.
 * Throws UserError where a cell is missing (NaN) or infinite.
 * @param keepCodes whether the codes of all rows of sparse columns are kept, however few entries they have
 * @param finder brings its tables along from other columns
 */
export function binColumns(
  X: FeatureMatrix,
  first: number,
  last: number,
  keepCodes = X.rows * X.columns <= fewCodeBytes,
  finder = new DistinctFinder(),
): BinnedColumn[] {
  const ids = new Uint32Array(X.rows);
  const columns: BinnedColumn[] = [];
  if (X.kind === 'sparse') {
    const lists = transposeColumns(X, first, last);
    for (let j = 0; j < last - first; j++)
      columns.push(binSparseColumn(X.rows, lists, j, first + j, finder, ids, keepCodes));
  } else {
    const values = new Float64Array(X.rows);
    for (let j = first; j < last; j++) {
      for (let i = 0, at = j; i < X.rows; i++, at += X.columns) values[i] = X.values[at];
      refuseNonFinite(values, X.rows, j);
      columns.push(binDenseColumn(X.rows, finder.find(values, X.rows, ids), ids));
    }
  }
  return columns;
}

function binDenseColumn(n: number, found: DistinctValues, ids: Uint32Array): BinnedColumn {
  const { cellOf, cells } = makeCells(found, ids, n);
  const codes = newCodes(n, cells);
  for (let i = 0; i < n; i++) codes[i] = cellOf[ids[i]];
  const counts = new Uint32Array(cells.low.length);
  for (let i = 0; i < n; i++) counts[codes[i]]++;
  const commonCode = indexOfLargest(counts);
  const others = n - counts[commonCode];
  if (others > n * listShare) return { codes, list: null, ...cells };
  const list = newEntries(others, commonCode);
  for (let i = 0, e = 0; i < n; i++) {
    if (codes[i] === commonCode) continue;
    list.rows[e] = i;
    list.codes[e++] = codes[i];
  }
  return { codes, list, ...cells };
}

function newCodes(n: number, cells: Cells): Uint8Array | Uint16Array {
  const narrow = cells.low.length <= 256;
  return narrow ? new Uint8Array(n) : new Uint16Array(n);
}

function newEntries(count: number, commonCode: number): CellEntries {
  return { rows: new Uint32Array(count), codes: new Uint16Array(count), commonCode };
}

function indexOfLargest(counts: Uint32Array): number {
  let largest = 0;
  for (let c = 1; c < counts.length; c++) if (counts[c] > counts[largest]) largest = c;
  return largest;
}

interface ColumnLists {
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

/** The entries of some columns of a sparse matrix by column, rows ascending. O(entries of X). */
function transposeColumns(
  { rows: n, rowStart, columnIndex, values: cells }: SparseMatrix,
  first: number,
  last: number,
): ColumnLists {
  const count = last - first;
  const start = new Uint32Array(count + 1);
  for (let k = 0; k < columnIndex.length; k++) {
    const j = columnIndex[k] - first;
    if (j >= 0 && j < count) start[j + 1]++;
  }
  for (let j = 0; j < count; j++) start[j + 1] += start[j];
  const next = start.slice();
  const rows = new Uint32Array(start[count]);
  const values = new Float64Array(rows.length);
  for (let i = 0; i < n; i++) {
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      const j = columnIndex[k] - first;
      if (j < 0 || j >= count) continue;
      const at = next[j]++;
      rows[at] = i;
      values[at] = cells[k];
    }
  }
  return { start, rows, values };
}

function binSparseColumn(
  n: number,
  lists: ColumnLists,
  index: number,
  column: number,
  finder: DistinctFinder,
  ids: Uint32Array,
  keepCodes: boolean,
): BinnedColumn {
  const [from, to] = [lists.start[index], lists.start[index + 1]];
  const entries = to - from;
  const zeros = n - entries;
  // The value 0 of the rows without an entry stands behind the entries and counts `zeros` times.
  const values = new Float64Array(entries + 1);
  values.set(lists.values.subarray(from, to));
  refuseNonFinite(values, entries, column);
  const rows = lists.rows.subarray(from, to);
  if (zeros === 0) return binDenseColumn(n, finder.find(values, n, ids), ids);
  const found = finder.find(values, entries + 1, ids);
  const zeroId = ids[entries];
  const { cellOf, cells } = makeCells(found, ids, entries, { id: zeroId, rows: zeros });
  const zeroCode = cellOf[zeroId];
  let list: CellEntries | null = null;
  if (entries <= n * listShare) {
    list = newEntries(entries, zeroCode);
    list.rows.set(rows);
    for (let e = 0; e < entries; e++) list.codes[e] = cellOf[ids[e]];
    if (list.codes.includes(zeroCode)) list = withoutZeros(list);
  }
  const codes = list === null || keepCodes || n <= codeBytesPerEntry * entries ? newCodes(n, cells) : null;
  if (codes) {
    codes.fill(zeroCode);
    for (let e = 0; e < entries; e++) codes[rows[e]] = cellOf[ids[e]];
  }
  return { codes, list, ...cells };
}

/** Entries may be stored zeros. */
function withoutZeros({ rows, codes, commonCode }: CellEntries): CellEntries {
  const isOther = (_: number, e: number): boolean => codes[e] !== commonCode;
  return { rows: rows.filter(isOther), codes: codes.filter(isOther), commonCode };
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
    const values = sorted.slice();
    return { cellOf: rank, cells: { low: values, high: values } };
  }
  const rowsOfRank = found.spare.fill(0);
  for (let i = 0; i < n; i++) rowsOfRank[rank[ids[i]]]++;
  if (more) rowsOfRank[rank[more.id]] += more.rows;
  // In place: each count is read before its cell is written.
  const cellOfRank = rowsOfRank;
  groupIntoCells(rowsOfRank, n + (more?.rows ?? 0), maxCells, cellOfRank);
  const count = cellOfRank[sorted.length - 1] + 1;
  const low = new Float64Array(count);
  const high = new Float64Array(count);
  for (let r = 0; r < sorted.length; r++) {
    const cell = cellOfRank[r];
    if (r === 0 || cell !== cellOfRank[r - 1]) low[cell] = sorted[r];
    high[cell] = sorted[r];
  }
  // In place: the ranks are not needed any more.
  const cellOf = rank;
  for (let id = 0; id < rank.length; id++) cellOf[id] = cellOfRank[rank[id]];
  return { cellOf, cells: { low, high } };
}

/**
 * Puts u ascending values into at most `limit` consecutive cells of about `total / limit` rows each.
 * @param cellOfRank length u, to be filled; may be `rowsOfRank` itself
 */
export function groupIntoCells(rowsOfRank: Uint32Array, total: number, limit: number, cellOfRank: Uint32Array): void {
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
    before += rowsOfRank[r];
    cellOfRank[r] = cell;
  }
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
