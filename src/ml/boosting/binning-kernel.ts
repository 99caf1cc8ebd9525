import { instantiateKernel } from './kernel-exports.js';

/** Numbers that can be sorted at a time. */
export const mostSorted = 65_536;
/** Fewer are sorted by the engine. */
const leastSorted = 2048;
/** Rows whose codes are found at a time. */
const tileRows = 4096;
const columnsOfBlock = 4;
const cutsOfTable = 256;

/** Where in the kernel's memory lies what sorting takes, and what finding codes takes. */
const sorting = { values: 0, scratch: 8 * mostSorted, counters: 16 * mostSorted };
const coding = { values: 0, codes: 32 * tileRows, cuts: 36 * tileRows };
/** The counters are of six digits of 11 bits. */
const memoryBytes = sorting.counters + 6 * 4 * 2 ** 11;

let made: ReturnType<typeof instantiateKernel> | undefined;

/** Sorts at most 65,536 numbers in place, none of them NaN or -0. O(n). */
export function sortNumbers(values: Float64Array): void {
  if (values.length < leastSorted) {
    values.sort();
    return;
  }
  made ??= instantiateKernel(memoryBytes);
  const inside = new Float64Array(made.memory.buffer, sorting.values, values.length);
  inside.set(values);
  made.kernel.sortDoubles(sorting.values, values.length, sorting.scratch, sorting.counters);
  values.set(inside);
}

/**
 * Codes of the dense n×d `values` in blocks of four columns: that of cell (i, j), the number of cuts[j] below it or
 * cuts[j].length + 1 of a missing one, is the byte 4·((j >> 2)·n + i) + (j & 3). Columns that a last block lacks are 0.
 * At most 254 cuts a column. O(n·d).
 */
export function codesInBlocks(
  values: Float64Array,
  rows: number,
  columns: number,
  cuts: readonly Float64Array[],
): Uint8Array {
  made ??= instantiateKernel(memoryBytes);
  const { kernel, memory } = made;
  const tile = new Float64Array(memory.buffer, coding.values, columnsOfBlock * tileRows);
  const tileCodes = new Uint8Array(memory.buffer, coding.codes, columnsOfBlock * tileRows);
  const tables = new Float64Array(memory.buffer, coding.cuts, columnsOfBlock * cutsOfTable);
  const blocks = Math.ceil(columns / columnsOfBlock);
  const codes = new Uint8Array(columnsOfBlock * rows * blocks);
  for (let b = 0, to = 0; b < blocks; b++) {
    const first = b * columnsOfBlock;
    const width = Math.min(columnsOfBlock, columns - first);
    tables.fill(Infinity);
    let absent = 0;
    for (let j = 0; j < width; j++) {
      tables.set(cuts[first + j], j * cutsOfTable);
      absent |= (cuts[first + j].length + 1) << (8 * j);
    }
    if (width < columnsOfBlock) tile.fill(0);
    for (let start = 0; start < rows; start += tileRows) {
      const count = Math.min(tileRows, rows - start);
      for (let k = 0, at = start * columns + first; k < columnsOfBlock * count; k += columnsOfBlock, at += columns) {
        for (let j = 0; j < width; j++) tile[k + j] = values[at + j];
      }
      kernel.codeColumns(coding.values, count, coding.cuts, absent, coding.codes);
      codes.set(tileCodes.subarray(0, columnsOfBlock * count), to);
      to += columnsOfBlock * count;
    }
  }
  return codes;
}
