import { type ColumnStore, columnsOfSparse } from './column-store.js';
import { type DesignMatrix, mirrorUpperTriangle } from './design-matrix.js';

/** Compressed sparse rows whose cell (i, j) stands for stored value (0 if absent) − shift[j]. */
export interface ShiftedRows {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Uint32Array;
  readonly columnIndex: Uint32Array;
  readonly values: Float64Array;
  /** Length d. */
  readonly shift: Float64Array;
}

/** Design matrix over sparse rows; the shift is applied algebraically, so that zeros cost nothing. */
export function sparseDesign(matrix: ShiftedRows): DesignMatrix {
  const { rows, columns: d, rowStart, columnIndex, values, shift } = matrix;

  const scaled = new Float64Array(rows);
  let store: ColumnStore | undefined;

  /** The product of a row without any entry. */
  function emptyRowProduct(v: Float64Array): number {
    let product = v[d];
    for (let j = 0; j < d; j++) product -= shift[j] * v[j];
    return product;
  }

  function subtractShift(total: number, out: Float64Array): void {
    for (let j = 0; j < d; j++) out[j] -= shift[j] * total;
    out[d] = total;
  }

  function multiply(v: Float64Array, out: Float64Array): void {
    rowProducts(matrix, v, emptyRowProduct(v), out);
  }

  function multiplyTransposed(u: Float64Array, out: Float64Array): void {
    subtractShift(columnSums(matrix, u, out), out);
  }

  function multiplyGram(h: Float64Array, v: Float64Array, out: Float64Array): void {
    // Two simple passes are faster than one fused loop here.
    rowProducts(matrix, v, emptyRowProduct(v), scaled);
    for (let i = 0; i < rows; i++) scaled[i] *= h[i];
    subtractShift(columnSums(matrix, scaled, out), out);
  }

  function gramDiagonal(h: Float64Array, out: Float64Array): void {
    const first = new Float64Array(d);
    out.fill(0);
    let total = 0;
    for (let i = 0, at = 0; i < rows; i++) {
      const hi = h[i];
      total += hi;
      for (const end = rowStart[i + 1]; at < end; at++) {
        const weighted = hi * values[at];
        first[columnIndex[at]] += weighted;
        out[columnIndex[at]] += weighted * values[at];
      }
    }
    // Rounding may leave a cell that should be 0 slightly negative.
    for (let j = 0; j < d; j++) out[j] = Math.max(0, out[j] - shift[j] * (2 * first[j] - shift[j] * total));
    out[d] = total;
  }

  function gram(h: Float64Array, active: Uint32Array, out: Float64Array, stride = 1): void {
    const k = active.length;
    const size = k + 1;
    const position = new Int32Array(d).fill(-1);
    for (let a = 0; a < k; a++) position[active[a]] = a;
    const at = new Uint32Array(size);
    const cell = new Float64Array(size);
    out.fill(0, 0, size * size);
    for (let i = 0; i < rows; i += stride) {
      let found = 0;
      for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
        const a = position[columnIndex[e]];
        if (a < 0) continue;
        at[found] = a;
        cell[found++] = values[e];
      }
      at[found] = k;
      cell[found++] = 1;
      addOuterProduct(at, cell, found, h[i] * stride, size, out);
    }
    shiftGram(active, shift, size, out);
    mirrorUpperTriangle(out, size);
  }

  let gramCost = 0;
  for (let i = 0; i < rows; i++) {
    const entries = rowStart[i + 1] - rowStart[i] + 1;
    gramCost += (entries * (entries + 1)) / 2;
  }
  return {
    rows,
    columns: d,
    entries: values.length,
    gramCost,
    multiply,
    multiplyTransposed,
    multiplyGram,
    gramDiagonal,
    gram,
    everyRow: (stride) => sparseDesign(sampleRows(matrix, stride)),
    columnStore() {
      store ??= columnsOfSparse(matrix);
      return store;
    },
  };
}

/** The rows 0, stride, 2·stride, … */
function sampleRows(matrix: ShiftedRows, stride: number): ShiftedRows {
  const rows = Math.ceil(matrix.rows / stride);
  const rowStart = new Uint32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    rowStart[i + 1] = rowStart[i] + matrix.rowStart[i * stride + 1] - matrix.rowStart[i * stride];
  }
  const columnIndex = new Uint32Array(rowStart[rows]);
  const values = new Float64Array(rowStart[rows]);
  for (let i = 0; i < rows; i++) {
    const [from, to] = [matrix.rowStart[i * stride], matrix.rowStart[i * stride + 1]];
    columnIndex.set(matrix.columnIndex.subarray(from, to), rowStart[i]);
    values.set(matrix.values.subarray(from, to), rowStart[i]);
  }
  return { rows, columns: matrix.columns, rowStart, columnIndex, values, shift: matrix.shift };
}

/** out[i] = base + Σ over the entries of row i of value · v[column]. Locals only: closures slow such loops down. */
function rowProducts(matrix: ShiftedRows, v: Float64Array, base: number, out: Float64Array): void {
  const { rows, rowStart, columnIndex, values } = matrix;
  for (let i = 0, at = 0; i < rows; i++) {
    const end = rowStart[i + 1];
    const last = end - 3;
    let s0 = base;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (; at < last; at += 4) {
      s0 += values[at] * v[columnIndex[at]];
      s1 += values[at + 1] * v[columnIndex[at + 1]];
      s2 += values[at + 2] * v[columnIndex[at + 2]];
      s3 += values[at + 3] * v[columnIndex[at + 3]];
    }
    for (; at < end; at++) s0 += values[at] * v[columnIndex[at]];
    out[i] = s0 + s1 + (s2 + s3);
  }
}

/** out[j] = Σ over the entries of column j of value · u[row]; returns Σ u. */
function columnSums(matrix: ShiftedRows, u: Float64Array, out: Float64Array): number {
  const { rows, rowStart, columnIndex, values } = matrix;
  out.fill(0);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    total += u[i];
    addScaled(u[i], columnIndex, values, rowStart[i], rowStart[i + 1], 0, out);
  }
  return total;
}

/**
 * out[base + index[k]] += factor · values[k] for k from `start` to `end` (distinct indexes). Four at a time: it halves
 * the time of the loop that all sparse products spend theirs in.
 */
function addScaled(
  factor: number,
  index: Uint32Array,
  values: Float64Array,
  start: number,
  end: number,
  base: number,
  out: Float64Array,
): void {
  let k = start;
  for (const last = end - 3; k < last; k += 4) {
    const to0 = base + index[k];
    const to1 = base + index[k + 1];
    const to2 = base + index[k + 2];
    const to3 = base + index[k + 3];
    out[to0] += factor * values[k];
    out[to1] += factor * values[k + 1];
    out[to2] += factor * values[k + 2];
    out[to3] += factor * values[k + 3];
  }
  for (; k < end; k++) out[base + index[k]] += factor * values[k];
}

/** Adds weight · c cᵀ of a sparse row c (increasing positions `at`) to the upper triangle of `out`. */
function addOuterProduct(
  at: Uint32Array,
  cell: Float64Array,
  found: number,
  weight: number,
  size: number,
  out: Float64Array,
): void {
  for (let p = 0; p < found; p++) {
    addScaled(weight * cell[p], at, cell, p, found, at[p] * size, out);
  }
}

/**
 * Turns the upper triangle of the Gram matrix of raw cells x into that of x − shift:
 * Σh(x−a)(x'−a') = Σhxx' − a·Σhx' − a'·Σhx + a·a'·Σh, where the sums stand in the last column.
 */
function shiftGram(active: Uint32Array, shift: Float64Array, size: number, out: Float64Array): void {
  const k = size - 1;
  const total = out[k * size + k];
  for (let a = 0; a < k; a++) {
    const shiftA = shift[active[a]];
    const sumA = out[a * size + k];
    for (let b = a; b < k; b++) {
      const shiftB = shift[active[b]];
      out[a * size + b] += shiftA * shiftB * total - shiftA * out[b * size + k] - shiftB * sumA;
    }
  }
  // The sums themselves last: the lines above need them raw.
  for (let a = 0; a < k; a++) out[a * size + k] -= shift[active[a]] * total;
}
