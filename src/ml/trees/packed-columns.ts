import type { BinnedColumn } from './binning.js';

/**
 * Columns in cells laid end to end in a few shared arrays. A thread is handed a dozen arrays in no time, but thousands
 * (several for each column) take longer than growing a tree.
 */
export interface PackedColumns {
  /** Codes of the columns of at most 256 cells. */
  readonly narrow: Uint8Array;
  /** Codes of the others. */
  readonly wide: Uint16Array;
  readonly low: Float64Array;
  /** Of those columns only whose cells hold several values. */
  readonly high: Float64Array;
  readonly listRows: Uint32Array;
  readonly listCodes: Uint16Array;
  /** `fields` numbers a column. */
  readonly layout: Float64Array;
}

/** Rows of codes (0 where there are none), whether they are wide, cells, whether high = low, list entries, common code. */
const fields = 6;

/** No list; a list of 0 entries is one. */
const noList = -1;

/** Copies columns into shared arrays. O(bytes). */
export function packColumns(columns: readonly BinnedColumn[]): PackedColumns {
  const sum = (size: (column: BinnedColumn) => number): number =>
    columns.reduce((total, column) => total + size(column), 0);
  const codeCount = (column: BinnedColumn, wide: boolean): number =>
    column.codes && column.codes instanceof Uint16Array === wide ? column.codes.length : 0;
  const entries = sum(({ list }) => list?.rows.length ?? 0);
  const packed: PackedColumns = {
    narrow: new Uint8Array(new SharedArrayBuffer(sum((column) => codeCount(column, false)))),
    wide: new Uint16Array(new SharedArrayBuffer(2 * sum((column) => codeCount(column, true)))),
    low: new Float64Array(new SharedArrayBuffer(8 * sum(({ low }) => low.length))),
    high: new Float64Array(new SharedArrayBuffer(8 * sum(({ low, high }) => (high === low ? 0 : high.length)))),
    listRows: new Uint32Array(new SharedArrayBuffer(4 * entries)),
    listCodes: new Uint16Array(new SharedArrayBuffer(2 * entries)),
    layout: new Float64Array(new SharedArrayBuffer(8 * fields * columns.length)),
  };
  columns.forEach(({ codes, low, high, list }, j) => {
    const isWide = codes instanceof Uint16Array;
    const counts = list ? [list.rows.length, list.commonCode] : [noList, 0];
    packed.layout.set([codes?.length ?? 0, Number(isWide), low.length, Number(high === low), ...counts], j * fields);
  });
  unpackColumns(packed).forEach((to, j) => {
    const from = columns[j];
    if (from.codes) to.codes?.set(from.codes);
    to.low.set(from.low);
    to.high.set(from.high);
    if (!from.list) return;
    to.list?.rows.set(from.list.rows);
    to.list?.codes.set(from.list.codes);
  });
  return packed;
}

/** The columns as views of the packed arrays. */
export function unpackColumns(packed: PackedColumns): BinnedColumn[] {
  const { narrow, wide, low, high, listRows, listCodes, layout } = packed;
  const at = { narrow: 0, wide: 0, low: 0, high: 0, list: 0 };
  return Array.from({ length: layout.length / fields }, (_, j): BinnedColumn => {
    const [rows, isWide, cells, sameHigh, entries, commonCode] = layout.subarray(j * fields, (j + 1) * fields);
    let codes: BinnedColumn['codes'] = null;
    if (rows > 0)
      codes = isWide ? wide.subarray(at.wide, (at.wide += rows)) : narrow.subarray(at.narrow, (at.narrow += rows));
    const lowest = low.subarray(at.low, (at.low += cells));
    const highest = sameHigh ? lowest : high.subarray(at.high, (at.high += cells));
    if (entries === noList) return { codes, low: lowest, high: highest, list: null };
    const from = at.list;
    at.list += entries;
    const list = { rows: listRows.subarray(from, at.list), codes: listCodes.subarray(from, at.list), commonCode };
    return { codes, low: lowest, high: highest, list };
  });
}
