import { type FeatureMatrix, sharedFloat64, sharedUint32 } from '../matrix/feature-matrix.js';
import { countSorted, type ValueCounts } from './value-counts.js';

/** A feature matrix, laid out for reading whole columns by group of rows; on shared buffers. */
export type GroupedColumns = DenseColumns | SparseColumns;

interface Grouping {
  readonly columns: number;
  /** Rows of each group. */
  readonly sizes: Uint32Array;
}

interface DenseColumns extends Grouping {
  readonly kind: 'dense';
  readonly values: Float64Array;
  /** Rows that are in a group, group after group, ascending inside one. */
  readonly order: Uint32Array;
}

interface SparseColumns extends Grouping {
  readonly kind: 'sparse';
  /** Entries of column j: columnStart[j] … columnStart[j + 1] - 1. */
  readonly columnStart: Uint32Array;
  readonly group: Uint32Array;
  readonly values: Float64Array;
}

/**
 * Lays X out by groups: groupOf[i] is the group of row i, -1 for a row in none. A sparse matrix stays sparse.
 * O(n) and the rows' order for a dense matrix, O(entries) for a sparse one.
 */
export function groupColumns(X: FeatureMatrix, groupOf: Int32Array, groupCount: number): GroupedColumns {
  const sizes = sharedUint32(groupCount);
  for (const group of groupOf) if (group >= 0) sizes[group]++;
  if (X.kind === 'dense') {
    const { columns, values } = X;
    return { kind: 'dense', columns, sizes, values, order: orderByGroup(groupOf, sizes) };
  }
  const { columns, rows, rowStart, columnIndex, values } = X;
  const columnStart = sharedUint32(columns + 1);
  for (let i = 0; i < rows; i++) {
    if (groupOf[i] < 0) continue;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) columnStart[columnIndex[k] + 1]++;
  }
  for (let j = 0; j < columns; j++) columnStart[j + 1] += columnStart[j];
  const entries = columnStart[columns];
  const [group, placed, next] = [sharedUint32(entries), sharedFloat64(entries), columnStart.slice()];
  for (let i = 0; i < rows; i++) {
    if (groupOf[i] < 0) continue;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      const at = next[columnIndex[k]]++;
      group[at] = groupOf[i];
      placed[at] = values[k];
    }
  }
  return { kind: 'sparse', columns, sizes, columnStart, group, values: placed };
}

function orderByGroup(groupOf: Int32Array, sizes: Uint32Array): Uint32Array {
  const next = new Uint32Array(sizes.length);
  for (let g = 1; g < sizes.length; g++) next[g] = next[g - 1] + sizes[g - 1];
  const order = sharedUint32(sizes.reduce((sum, size) => sum + size, 0));
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] >= 0) order[next[groupOf[i]]++] = i;
  return order;
}

/** The values of columns from … to - 1: for each column, those of every group. O(m log m) for m cells. */
export function readColumns(source: GroupedColumns, from: number, to: number): ValueCounts[][] {
  return source.kind === 'dense' ? readDense(source, from, to) : readSparse(source, from, to);
}

function readDense({ columns, sizes, values, order }: DenseColumns, from: number, to: number): ValueCounts[][] {
  const n = order.length;
  const gathered = new Float64Array(n * (to - from));
  for (let i = 0; i < n; i++) {
    for (let j = from, at = order[i] * columns + from, place = i; j < to; j++, at++, place += n) {
      gathered[place] = values[at];
    }
  }
  return Array.from({ length: to - from }, (_, j) => {
    let start = j * n;
    return Array.from(sizes, (size) => {
      const group = gathered.subarray(start, start + size).sort();
      start += size;
      return countSorted(group.subarray(0, presentOf(group)));
    });
  });
}

/** How many of sorted values are not NaN: those come last. */
function presentOf(sorted: Float64Array): number {
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  return count;
}

function readSparse({ sizes, columnStart, group, values }: SparseColumns, from: number, to: number): ValueCounts[][] {
  return Array.from({ length: to - from }, (_, k) => {
    const [start, end] = [columnStart[from + k], columnStart[from + k + 1]];
    const entries = new Uint32Array(sizes.length);
    for (let e = start; e < end; e++) entries[group[e]]++;
    const own = Array.from(entries, (count) => new Float64Array(count));
    const next = new Uint32Array(sizes.length);
    for (let e = start; e < end; e++) own[group[e]][next[group[e]]++] = values[e];
    return own.map((nonZero, g) => countSorted(nonZero.sort(), sizes[g] - nonZero.length));
  });
}
