// The search for a feature's best boundary in a node of two classes without weights. Its twin for rows with weights,
// and what is to be known of it: src/ml/trees/two-class-search.ts. Both find the same boundaries, bit for bit.
import {
  bitsOf,
  cellsOf,
  codesOf,
  commonCodeOf,
  countBits,
  highest,
  isWide,
  listLengthOf,
  listRowsOf,
  lowest,
  readCodes,
  rowAt,
  takeRows,
} from './columns';
import { codeAt, mostSortedRows, placeBits, placeMask, sortCodes } from './sort';

const listedCost: i32 = 2;
const exactRows: i32 = 32;
const mostCoarseCells: i32 = 1024;
const cachedCells: i32 = 2048;
const cellsPerRow: i32 = 4;

// Work arrays, handed over by `start`: codes and parts of 2 bytes a row, found rows and keys of 4, histogram of 8 a cell.
let codes: usize = 0;
let parts: usize = 0;
let found: usize = 0;
let keys: usize = 0;
let buckets: usize = 0;
let histogram: usize = 0;
let result: usize = 0;
let exact: bool = false;

// The node: rows of either class.
let all0: i32 = 0;
let all1: i32 = 0;
// What was read of it: the first `readMiddle` of the rows read are of the first class.
let readMiddle: i32 = 0;
let readCount: i32 = 0;
// Rows of either class before the cells at hand.
let before0: i32 = 0;
let before1: i32 = 0;
// The boundary found last.
let impurity: f64 = 0;
let cut: i32 = 0;
let above: i32 = 0;

export function start(
  codesAt: usize,
  partsAt: usize,
  foundAt: usize,
  keysAt: usize,
  bucketsAt: usize,
  histogramAt: usize,
  resultAt: usize,
  isExact: bool,
): void {
  codes = codesAt;
  parts = partsAt;
  found = foundAt;
  keys = keysAt;
  buckets = bucketsAt;
  histogram = histogramAt;
  result = resultAt;
  exact = isExact;
}

/**
 * Searches a column. Leaves the impurity (8 bytes), the cell before and that behind the boundary (4 each) at `result`.
 * Returns whether the column is not constant in the node.
 */
export function search(column: usize, rows: usize, position: usize, first: i32, middle: i32, end: i32, bar: f64): bool {
  const count = end - first;
  all0 = middle - first;
  all1 = end - middle;
  impurity = Infinity;
  cut = 0;
  above = 0;
  before0 = 0;
  before1 = 0;
  const bits = bitsOf(column);
  const isListed = listRowsOf(column) != 0;
  const isShort = isListed && listLengthOf(column) * listedCost < count;
  let varies: bool;
  if (bits != 0 && cellsOf(column) == 2) {
    varies = isShort ? countListed(column, position, first, middle, end) : compareBits(bits, rows, first, middle, end);
  } else if (isShort || bits != 0) {
    if (isShort) takeListed(column, position, first, middle, end);
    else {
      readMiddle = takeRows(bits, rows, first, middle, found, 0);
      readCount = takeRows(bits, rows, middle, end, found, readMiddle);
    }
    readCodes(column, found, 0, readCount, codes);
    varies = searchCodes(readCount < count ? commonCodeOf(column) : -1, count, bar);
  } else if (!isListed && !isWide(column) && cellsOf(column) <= 2 * min(count, mostCoarseCells)) {
    varies = searchNarrow(column, rows, first, middle, end);
  } else {
    readCodes(column, rows, first, end, codes);
    readMiddle = all0;
    readCount = count;
    varies = searchCodes(-1, count, bar);
  }
  store<f64>(result, impurity);
  store<i32>(result, cut, 8);
  store<i32>(result, above, 12);
  return varies;
}

/** Takes the listed rows that are in the node, those of the first class first. */
function takeListed(column: usize, position: usize, first: i32, middle: i32, end: i32): void {
  const listed = listRowsOf(column);
  const length = listLengthOf(column);
  const last = end - 1;
  let count = 0;
  for (let e = 0; e < length; e++) {
    const row = rowAt(listed, e);
    store<i32>(found + ((<usize>count) << 2), row);
    const at = rowAt(position, row);
    // 1 if inside, without a branch that no processor can foresee.
    count += 1 - (((at - first) | (last - at)) >>> 31);
  }
  // Those of the second class wait among the keys.
  let to0 = 0;
  let to1 = 0;
  for (let k = 0; k < count; k++) {
    const row = rowAt(found, k);
    store<i32>(found + ((<usize>to0) << 2), row);
    store<i32>(keys + ((<usize>to1) << 2), row);
    const isSecond = (middle - 1 - rowAt(position, row)) >>> 31;
    to0 += 1 - isSecond;
    to1 += isSecond;
  }
  memory.copy(found + ((<usize>to0) << 2), keys, (<usize>to1) << 2);
  readMiddle = to0;
  readCount = count;
}

/** A column of two cells by its list. */
function countListed(column: usize, position: usize, first: i32, middle: i32, end: i32): bool {
  const listed = listRowsOf(column);
  const length = listLengthOf(column);
  const last = end - 1;
  let inside = 0;
  let inside0 = 0;
  for (let e = 0; e < length; e++) {
    const at = rowAt(position, rowAt(listed, e));
    const isInside = 1 - (((at - first) | (last - at)) >>> 31);
    inside += isInside;
    inside0 += isInside & ((at - middle) >>> 31);
  }
  const inside1 = inside - inside0;
  return commonCodeOf(column) == 0 ? compare(inside0, inside1) : compare(all0 - inside0, all1 - inside1);
}

/** A column of two cells by its bits. */
function compareBits(bits: usize, rows: usize, first: i32, middle: i32, end: i32): bool {
  return compare(countBits(bits, rows, first, middle), countBits(bits, rows, middle, end));
}

/** The one boundary of two cells; rows of either class in the upper one. */
function compare(upper0: i32, upper1: i32): bool {
  const lower0 = all0 - upper0;
  const lower1 = all1 - upper1;
  if (lower0 + lower1 == 0 || upper0 + upper1 == 0) return false;
  impurity = 2 * halfImpurity(lower0, lower1, upper0, upper1);
  above = 1;
  return true;
}

function halfImpurity(l0: f64, l1: f64, r0: f64, r1: f64): f64 {
  const l = l0 + l1;
  const r = r0 + r1;
  return (l0 * l1 * r + r0 * r1 * l) / (l * r);
}

/** A column of few cells, counted as it is read. */
function searchNarrow(column: usize, rows: usize, first: i32, middle: i32, end: i32): bool {
  const at = codesOf(column);
  for (let i = first; i < middle; i++) {
    const cell = histogram + ((<usize>load<u8>(at + <usize>rowAt(rows, i))) << 3);
    store<i32>(cell, load<i32>(cell) + 1);
  }
  for (let i = middle; i < end; i++) {
    const cell = histogram + ((<usize>load<u8>(at + <usize>rowAt(rows, i))) << 3);
    store<i32>(cell, load<i32>(cell, 4) + 1, 4);
  }
  const cells = cellsOf(column);
  const varies = scan(cells, Infinity);
  memory.fill(histogram, 0, (<usize>cells) << 3);
  return varies;
}

/** Searches the codes read; the rows not read are in the cell `common` (-1: all were read). */
function searchCodes(common: i32, count: i32, bar: f64): bool {
  let low = lowest;
  let high = highest;
  if (common >= 0) {
    low = min(low, common);
    high = max(high, common);
  }
  if (low == high) return false;
  const range = high - low + 1;
  const coarseCells = min(count, mostCoarseCells);
  if (exact || count <= exactRows || range <= 2 * coarseCells) {
    searchExactly(codes, readMiddle, readCount, low, range, common);
    return true;
  }
  const shift = 32 - clz((range - 1) / coarseCells);
  fill(codes, readMiddle, readCount, low, shift, common);
  const cells = ((range - 1) >>> shift) + 1;
  if (scan(cells, bar)) refine(low, shift, common, cells);
  else memory.fill(histogram, 0, (<usize>cells) << 3);
  return true;
}

/** Searches all cells in the two coarse ones next to the boundary found. */
function refine(low: i32, shift: i32, common: i32, cells: i32): void {
  const partMiddle = takeParts(0, 0, readMiddle, low, shift);
  const partCount = takeParts(partMiddle, readMiddle, readCount, low, shift);
  before0 -= load<i32>(histogram + ((<usize>cut) << 3));
  before1 -= load<i32>(histogram + ((<usize>cut) << 3), 4);
  memory.fill(histogram, 0, (<usize>cells) << 3);
  const range = (above - cut + 1) << shift;
  const commonPart = (common - low) >> shift;
  const inside = common >= 0 && (commonPart == cut || commonPart == above) ? common : -1;
  searchExactly(parts, partMiddle, partCount, low + (cut << shift), range, inside);
}

function takeParts(at: i32, from: i32, to: i32, low: i32, shift: i32): i32 {
  const cell0 = cut;
  const cell1 = above;
  let k = at;
  for (let i = from; i < to; i++) {
    const code = codeAt(codes, i);
    const cell = (code - low) >>> shift;
    store<u16>(parts + ((<usize>k) << 1), <u16>code);
    k += i32(cell == cell0) | i32(cell == cell1);
  }
  return k;
}

function searchExactly(at: usize, middle: i32, count: i32, low: i32, range: i32, common: i32): void {
  if (count >= mostSortedRows || (range <= cachedCells && range <= count * cellsPerRow)) {
    fill(at, middle, count, low, 0, common);
    scan(range, Infinity);
    memory.fill(histogram, 0, (<usize>range) << 3);
  } else if (common >= 0) {
    // The rows not read stand behind the others as one; there is room.
    store<u16>(at + ((<usize>count) << 1), <u16>common);
    sortCodes(at, low, range, count + 1, keys, buckets);
    scanSorted(middle, count + 1, count);
  } else {
    sortCodes(at, low, range, count, keys, buckets);
    scanSorted(middle, count, -1);
  }
  cut += low;
  above += low;
}

/** Counts the rows of either class in each cell. */
function fill(at: usize, middle: i32, count: i32, low: i32, shift: i32, common: i32): void {
  for (let k = 0; k < middle; k++) {
    const cell = histogram + ((<usize>((codeAt(at, k) - low) >>> shift)) << 3);
    store<i32>(cell, load<i32>(cell) + 1);
  }
  for (let k = middle; k < count; k++) {
    const cell = histogram + ((<usize>((codeAt(at, k) - low) >>> shift)) << 3);
    store<i32>(cell, load<i32>(cell, 4) + 1, 4);
  }
  if (common < 0) return;
  const cell = histogram + ((<usize>((common - low) >>> shift)) << 3);
  store<i32>(cell, load<i32>(cell) + all0 - readMiddle);
  store<i32>(cell, load<i32>(cell, 4) + all1 - (readCount - readMiddle), 4);
}

/** The best boundary of the histogram; false where its impurity is above `bar` or there is none. */
function scan(cells: i32, bar: f64): bool {
  const total0 = <f64>all0;
  const total1 = <f64>all1;
  const total = total0 + total1;
  let left0 = before0;
  let left1 = before1;
  let best = Infinity;
  let bestCell = -1;
  let best0 = 0;
  let best1 = 0;
  let at = histogram;
  // Every cell is looked at, occupied or not: behind an empty one the impurity is the same again and does not count.
  for (let c = 0; c < cells; c++, at += 8) {
    left0 += load<i32>(at);
    left1 += load<i32>(at, 4);
    const l0 = <f64>left0;
    const l1 = <f64>left1;
    const l = l0 + l1;
    const r = total - l;
    // Infinite or not a number, and so no better than any, while one side is empty.
    const half = (l0 * l1 * r + (total0 - l0) * (total1 - l1) * l) / (l * r);
    if (half < best) {
      best = half;
      bestCell = c;
      best0 = left0;
      best1 = left1;
    }
  }
  impurity = 2 * best;
  if (bestCell < 0 || impurity > bar) return false;
  let next = bestCell + 1;
  while (load<u64>(histogram + ((<usize>next) << 3)) == 0) next++;
  cut = bestCell;
  above = next;
  before0 = best0;
  before1 = best1;
  return true;
}

/** The same for `count` sorted keys; place `unread` stands for the rows not read. */
function scanSorted(middle: i32, count: i32, unread: i32): void {
  const total0 = <f64>all0;
  const total1 = <f64>all1;
  const total = total0 + total1;
  let left = before0 + before1;
  let left1 = before1;
  let best = Infinity;
  let last = rowAt(keys, 0) >>> placeBits;
  for (let i = 0; i < count; i++) {
    const key = rowAt(keys, i);
    const code = key >>> placeBits;
    if (code != last) {
      const l = <f64>left;
      const l1 = <f64>left1;
      const l0 = l - l1;
      const r = total - l;
      const half = (l0 * l1 * r + (total0 - l0) * (total1 - l1) * l) / (l * r);
      if (half < best) {
        best = half;
        cut = last;
        above = code;
      }
      last = code;
    }
    const place = key & placeMask;
    if (place == unread) {
      left += all0 + all1 - readCount;
      left1 += all1 - (readCount - readMiddle);
    } else {
      left++;
      // Without a branch: the classes come in no order.
      left1 += (middle - 1 - place) >>> 31;
    }
  }
  impurity = 2 * best;
}
