import type { RowSortColumn } from '../schema/api/rows.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import { radixSort, rowNumbers } from './radix-sort.js';
import type { RowColumns } from './row-columns.js';

export type SortDirection = 'ascending' | 'descending';

/**
 * All rows in the order of a column. Texts are in the order of code points. Undefined numbers and empty cells come
 * last in either direction, equal values by row number. O(n).
 */
export function sortedRows(columns: RowColumns, column: RowSortColumn, direction: SortDirection): Uint32Array {
  const descending = direction === 'descending';
  switch (column) {
    case 'probability':
    case 'score':
      return byNumber(columns[column], descending);
    case 'label':
    case 'family':
    case 'predicted':
      return byName(columns[column], descending);
    case 'rank':
      return byInteger(columns.rank, descending);
    case 'ident':
      return byInteger(columns.identOrder, descending);
    case 'instanceId':
      return byInteger(columns.instanceIdOrder, descending);
  }
}

function byNumber(values: Float64Array, descending: boolean): Uint32Array {
  const n = values.length;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  const keys = highKeys(values, words, descending);
  const order = rowNumbers(n);
  radixSort(keys, order);
  // Runs of equal high words are mostly short, or of equal values: little is left to be sorted by the low ones.
  for (let from = 0; from < n && keys[from] !== keyOfNaN; ) {
    let to = from + 1;
    while (to < n && keys[to] === keys[from]) to++;
    if (to - from > 1) sortRun(order, from, to, values, words, descending);
    from = to;
  }
  return order;
}

const keyOfNaN = 0xffffffff;
const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const [lowWord, highWord] = littleEndian ? [0, 1] : [1, 0];

/** The high words of the doubles as unsigned keys that order like the values. */
function highKeys(values: Float64Array, words: Uint32Array, descending: boolean): Uint32Array {
  const keys = new Uint32Array(values.length);
  const turned = descending ? 0xffffffff : 0;
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + highWord];
    if (Number.isNaN(values[i])) keys[i] = keyOfNaN;
    // -0 equals 0. Negative doubles descend as their bits ascend.
    else if (values[i] === 0) keys[i] = 0x80000000 ^ turned;
    else keys[i] = ((high >> 31) | 0x80000000) ^ high ^ turned;
  }
  return keys;
}

/** Sorts the rows at from … to - 1, whose values agree in their high words, stably. */
function sortRun(
  order: Uint32Array,
  from: number,
  to: number,
  values: Float64Array,
  words: Uint32Array,
  descending: boolean,
): void {
  if (to - from > 16) {
    sortLongRun(order.subarray(from, to), values, words, descending);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i];
    const value = values[row];
    let j = i;
    for (; j > from && (descending ? values[order[j - 1]] < value : values[order[j - 1]] > value); j--) {
      order[j] = order[j - 1];
    }
    order[j] = row;
  }
}

function sortLongRun(rows: Uint32Array, values: Float64Array, words: Uint32Array, descending: boolean): void {
  const first = values[rows[0]];
  if (rows.every((row) => values[row] === first)) return;
  const keys = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    // Larger in size is smaller for negative values.
    const turned = value < 0 !== descending ? 0xffffffff : 0;
    keys[i] = value === 0 ? 0 : words[2 * rows[i] + lowWord] ^ turned;
  }
  radixSort(keys, rows);
}

function byName({ names, codes }: CodedColumn, descending: boolean): Uint32Array {
  const sorted = Array.from(names.keys()).sort((a, b) => compareCodePoints(names[a], names[b]));
  if (descending) sorted.reverse();
  // Place by code, with that of an empty cell (-1) in front.
  const place = new Uint32Array(names.length + 1);
  place[0] = names.length;
  sorted.forEach((code, at) => {
    place[code + 1] = at;
  });
  const keys = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) keys[i] = place[codes[i] + 1];
  return bySmallKeys(keys, names.length);
}

function byInteger(values: Uint32Array, descending: boolean): Uint32Array {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  const keys = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) keys[i] = descending ? largest - values[i] : values[i];
  if (largest <= 4 * values.length + 1024) return bySmallKeys(keys, largest);
  const order = rowNumbers(values.length);
  radixSort(keys, order);
  return order;
}

/** Rows by keys of at most `largest`, stably: a sort by counting. */
function bySmallKeys(keys: Uint32Array, largest: number): Uint32Array {
  const starts = new Uint32Array(largest + 2);
  for (let i = 0; i < keys.length; i++) starts[keys[i] + 1]++;
  for (let key = 0; key <= largest; key++) starts[key + 1] += starts[key];
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[starts[keys[i]]++] = i;
  return order;
}

/** Orders strings as their UTF-8 is ordered: surrogates after all other units of UTF-16. */
function compareCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return unitPlace(x) - unitPlace(y);
  }
  return a.length - b.length;
}

function unitPlace(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
