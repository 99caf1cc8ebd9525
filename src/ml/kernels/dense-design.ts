import { type ColumnStore, columnsOfDense } from './column-store.js';
import { type DesignMatrix, mirrorUpperTriangle } from './design-matrix.js';

/** Design matrix over row-major cells `values` (n·d, already standardised). */
export function denseDesign(rows: number, columns: number, values: Float64Array): DesignMatrix {
  const d = columns;
  let store: ColumnStore | undefined;

  function gram(h: Float64Array, active: Uint32Array, out: Float64Array, stride = 1): void {
    const k = active.length;
    const size = k + 1;
    const tile = new Float64Array(4 * size);
    const weights = new Float64Array(4);
    out.fill(0, 0, size * size);
    for (let i = 0; i < rows; i += 4 * stride) {
      // A tile of four gathered rows; rows beyond the end keep weight 0.
      for (let t = 0; t < 4; t++) {
        const row = i + t * stride;
        weights[t] = row < rows ? h[row] * stride : 0;
        if (row >= rows) continue;
        for (let a = 0, at = row * d; a < k; a++) tile[t * size + a] = values[at + active[a]];
        tile[t * size + k] = 1;
      }
      addTile(tile, weights, size, out);
    }
    mirrorUpperTriangle(out, size);
  }

  return {
    rows,
    columns,
    entries: rows * columns,
    gramCost: (rows * (d + 1) * (d + 2)) / 2,
    multiply(v, out) {
      for (let i = 0, at = 0; i < rows; i++, at += d) out[i] = rowProduct(values, at, v, d);
    },
    multiplyTransposed: (u, out) => columnSums(values, rows, d, u, null, out),
    multiplyGram: (h, v, out) => columnSums(values, rows, d, h, v, out),
    gramDiagonal: (h, out) => weightedSquares(values, rows, d, h, out),
    gram,
    everyRow(stride) {
      const sampled = Math.ceil(rows / stride);
      const cells = new Float64Array(sampled * d);
      for (let i = 0; i < sampled; i++) {
        const from = i * stride * d;
        cells.set(values.subarray(from, from + d), i * d);
      }
      return denseDesign(sampled, d, cells);
    },
    columnStore() {
      store ??= columnsOfDense(rows, d, values);
      return store;
    },
  };
}

/** v[d] + Σ_j values[at + j]·v[j]; four sums, because one would wait for each addition. */
function rowProduct(values: Float64Array, at: number, v: Float64Array, d: number): number {
  let s0 = v[d];
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < d; j += 4, at += 4) {
    s0 += values[at] * v[j];
    s1 += values[at + 1] * v[j + 1];
    s2 += values[at + 2] * v[j + 2];
    s3 += values[at + 3] * v[j + 3];
  }
  for (; j < d; j++, at++) s0 += values[at] * v[j];
  return s0 + s1 + (s2 + s3);
}

/**
 * out = Ẑᵀ u, or Ẑᵀ diag(u) Ẑ v where v is given: then each row is used twice while it is in the cache. Four rows at a
 * time: one load and store of `out` for four products.
 */
function columnSums(
  values: Float64Array,
  rows: number,
  d: number,
  u: Float64Array,
  v: Float64Array | null,
  out: Float64Array,
): void {
  out.fill(0);
  let total = 0;
  let i = 0;
  let at = 0;
  for (; i + 3 < rows; i += 4, at += 4 * d) {
    let u0 = u[i];
    let u1 = u[i + 1];
    let u2 = u[i + 2];
    let u3 = u[i + 3];
    if (v !== null) {
      let s0 = v[d];
      let s1 = v[d];
      let s2 = v[d];
      let s3 = v[d];
      for (let j = 0, p0 = at, p1 = at + d, p2 = p1 + d, p3 = p2 + d; j < d; j++, p0++, p1++, p2++, p3++) {
        s0 += values[p0] * v[j];
        s1 += values[p1] * v[j];
        s2 += values[p2] * v[j];
        s3 += values[p3] * v[j];
      }
      u0 *= s0;
      u1 *= s1;
      u2 *= s2;
      u3 *= s3;
    }
    total += u0 + u1 + u2 + u3;
    for (let j = 0, p0 = at, p1 = at + d, p2 = p1 + d, p3 = p2 + d; j < d; j++, p0++, p1++, p2++, p3++) {
      out[j] += u0 * values[p0] + u1 * values[p1] + (u2 * values[p2] + u3 * values[p3]);
    }
  }
  for (; i < rows; i++, at += d) {
    const ui = v === null ? u[i] : u[i] * rowProduct(values, at, v, d);
    total += ui;
    for (let j = 0; j < d; j++) out[j] += ui * values[at + j];
  }
  out[d] = total;
}

/** out = diagonal of Ẑᵀ diag(h) Ẑ. */
function weightedSquares(values: Float64Array, rows: number, d: number, h: Float64Array, out: Float64Array): void {
  out.fill(0);
  let total = 0;
  let i = 0;
  let at = 0;
  for (; i + 3 < rows; i += 4, at += 4 * d) {
    const h0 = h[i];
    const h1 = h[i + 1];
    const h2 = h[i + 2];
    const h3 = h[i + 3];
    total += h0 + h1 + h2 + h3;
    for (let j = 0, p0 = at, p1 = at + d, p2 = p1 + d, p3 = p2 + d; j < d; j++, p0++, p1++, p2++, p3++) {
      const first = h0 * values[p0] * values[p0] + h1 * values[p1] * values[p1];
      out[j] += first + (h2 * values[p2] * values[p2] + h3 * values[p3] * values[p3]);
    }
  }
  for (; i < rows; i++) {
    total += h[i];
    for (let j = 0; j < d; j++, at++) out[j] += h[i] * values[at] * values[at];
  }
  out[d] = total;
}

/** Adds Σ_t weight_t · row_t row_tᵀ of four rows to the upper triangle of `out`. */
function addTile(tile: Float64Array, weights: Float64Array, size: number, out: Float64Array): void {
  for (let a = 0; a < size; a++) {
    const t0 = weights[0] * tile[a];
    const t1 = weights[1] * tile[size + a];
    const t2 = weights[2] * tile[2 * size + a];
    const t3 = weights[3] * tile[3 * size + a];
    for (let b = a, at = a * size + a; b < size; b++, at++) {
      out[at] += t0 * tile[b] + t1 * tile[size + b] + (t2 * tile[2 * size + b] + t3 * tile[3 * size + b]);
    }
  }
}
