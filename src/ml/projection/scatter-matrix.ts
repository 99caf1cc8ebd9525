import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { toDense } from '../matrix/feature-matrix.js';
import type { CentredRows } from './centred-rows.js';

/** Rows that are gone through at once: they stay in the processor's cache. */
const blockRows = 64;

/** (X − mean)ᵀ(X − mean), d×d. O(n·d²) for dense rows, O(Σ entries²) for sparse ones. */
export function scatterOfColumns({ X, mean }: CentredRows, signal?: CancelSignal): Float64Array {
  const { rows: n, columns: d } = X;
  const scatter = new Float64Array(d * d);
  if (X.kind === 'sparse') {
    const { rowStart, columnIndex, values } = X;
    for (let i = 0; i < n; i++) {
      if (i % 1024 === 0) throwIfCancelled(signal);
      for (let a = rowStart[i]; a < rowStart[i + 1]; a++) {
        const line = columnIndex[a] * d;
        const value = values[a];
        for (let b = a; b < rowStart[i + 1]; b++) scatter[line + columnIndex[b]] += value * values[b];
      }
    }
    for (let a = 0; a < d; a++) for (let b = a; b < d; b++) scatter[a * d + b] -= n * mean[a] * mean[b];
  } else {
    // Column by column in blocks of rows: sums of products then run along memory.
    const block = new Float64Array(d * blockRows);
    for (let from = 0; from < n; from += blockRows) {
      throwIfCancelled(signal);
      const count = Math.min(blockRows, n - from);
      if (count < blockRows) block.fill(0);
      for (let i = 0; i < count; i++) {
        for (let j = 0, at = (from + i) * d; j < d; j++, at++) block[j * blockRows + i] = X.values[at] - mean[j];
      }
      addProducts(block, d, blockRows, scatter);
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) scatter[a * d + b] = scatter[b * d + a];
  return scatter;
}

/** (X − mean)(X − mean)ᵀ, n×n. O(n²·d). */
export function scatterOfRows({ X, mean }: CentredRows, signal?: CancelSignal): Float64Array {
  const { rows: n, columns: d, values } = toDense(X);
  const scatter = new Float64Array(n * n);
  const block = new Float64Array(n * blockRows);
  for (let from = 0; from < d; from += blockRows) {
    throwIfCancelled(signal);
    const count = Math.min(blockRows, d - from);
    if (count < blockRows) block.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < count; j++) block[i * blockRows + j] = values[i * d + from + j] - mean[from + j];
    }
    addProducts(block, n, blockRows, scatter);
  }
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) scatter[a * n + b] = scatter[b * n + a];
  return scatter;
}

/** Adds the products of all pairs of the s lines of `width` numbers to the upper half of an s×s matrix. */
function addProducts(lines: Float64Array, s: number, width: number, sums: Float64Array): void {
  for (let a = 0; a < s; a++) {
    const left = a * width;
    let b = a;
    // Two products at a time share what is read of the left line.
    for (; b + 1 < s; b += 2) {
      const [one, other] = [b * width, (b + 1) * width];
      let [p, q, r, t] = [0, 0, 0, 0];
      for (let i = 0; i < width; i += 2) {
        const [x, y] = [lines[left + i], lines[left + i + 1]];
        p += x * lines[one + i];
        q += y * lines[one + i + 1];
        r += x * lines[other + i];
        t += y * lines[other + i + 1];
      }
      sums[a * s + b] += p + q;
      sums[a * s + b + 1] += r + t;
    }
    if (b < s) {
      let p = 0;
      for (let i = 0; i < width; i++) p += lines[left + i] * lines[b * width + i];
      sums[a * s + b] += p;
    }
  }
}
