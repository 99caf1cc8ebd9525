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
    const base = emptyRowProduct(v);
    for (let i = 0, at = 0; i < rows; i++) {
      let sum = base;
      for (const end = rowStart[i + 1]; at < end; at++) sum += values[at] * v[columnIndex[at]];
      out[i] = sum;
    }
  }

  function multiplyTransposed(u: Float64Array, out: Float64Array): void {
    out.fill(0);
    let total = 0;
    for (let i = 0, at = 0; i < rows; i++) {
      const ui = u[i];
      total += ui;
      for (const end = rowStart[i + 1]; at < end; at++) out[columnIndex[at]] += ui * values[at];
    }
    subtractShift(total, out);
  }

  function multiplyGram(h: Float64Array, v: Float64Array, out: Float64Array): void {
    out.fill(0);
    const base = emptyRowProduct(v);
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const start = rowStart[i];
      const end = rowStart[i + 1];
      let sum = base;
      for (let at = start; at < end; at++) sum += values[at] * v[columnIndex[at]];
      sum *= h[i];
      total += sum;
      for (let at = start; at < end; at++) out[columnIndex[at]] += sum * values[at];
    }
    subtractShift(total, out);
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

  function gram(h: Float64Array, active: Uint32Array, stride: number, out: Float64Array): void {
    const k = active.length;
    const size = k + 1;
    const position = new Int32Array(d).fill(-1);
    for (let a = 0; a < k; a++) position[active[a]] = a;
    const at = new Int32Array(size);
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
  };
}

/** Adds weight · c cᵀ of a sparse row c (increasing positions `at`) to the upper triangle of `out`. */
function addOuterProduct(
  at: Int32Array,
  cell: Float64Array,
  found: number,
  weight: number,
  size: number,
  out: Float64Array,
): void {
  for (let p = 0; p < found; p++) {
    const scaled = weight * cell[p];
    const row = at[p] * size;
    for (let q = p; q < found; q++) out[row + at[q]] += scaled * cell[q];
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
