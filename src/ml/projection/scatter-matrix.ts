import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { instantiateKernel, type KernelExports } from '../linear-algebra/kernel-exports.js';
import { toDense } from '../matrix/feature-matrix.js';
import type { CentredRows } from './centred-rows.js';

/** Length of the pieces of lines whose products are added at a time: those of four lines stay in the nearest cache. */
const lineWidth = 64;

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
    // Column by column: sums of products then run along memory.
    const { values } = X;
    const products = new LineProducts(d);
    for (let from = 0; from < n; from += lineWidth) {
      throwIfCancelled(signal);
      const count = Math.min(lineWidth, n - from);
      const { lines } = products;
      if (count < lineWidth) lines.fill(0);
      for (let i = 0; i < count; i++) {
        for (let j = 0, at = (from + i) * d; j < d; j++, at++) lines[j * lineWidth + i] = values[at] - mean[j];
      }
      products.add();
    }
    products.copyTo(scatter);
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) scatter[a * d + b] = scatter[b * d + a];
  return scatter;
}

/** (X − mean)(X − mean)ᵀ, n×n. O(n²·d). */
export function scatterOfRows({ X, mean }: CentredRows, signal?: CancelSignal): Float64Array {
  const { rows: n, columns: d, values } = toDense(X);
  const scatter = new Float64Array(n * n);
  const products = new LineProducts(n);
  for (let from = 0; from < d; from += lineWidth) {
    throwIfCancelled(signal);
    const count = Math.min(lineWidth, d - from);
    const { lines } = products;
    if (count < lineWidth) lines.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < count; j++) lines[i * lineWidth + j] = values[i * d + from + j] - mean[from + j];
    }
    products.add();
  }
  products.copyTo(scatter);
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) scatter[a * n + b] = scatter[b * n + a];
  return scatter;
}

/** Sums of the products of all pairs of s lines, a piece of each line at a time, by WebAssembly. */
class LineProducts {
  /** Written by who adds: the next piece of each line, one after the other. */
  readonly lines: Float64Array;
  private readonly kernel: KernelExports;
  private readonly sums: Float64Array;
  /** s rounded up to a multiple of four: lines that stay 0. */
  private readonly padded: number;

  constructor(private readonly s: number) {
    this.padded = Math.ceil(s / 4) * 4;
    const inLines = this.padded * lineWidth;
    const { kernel, memory } = instantiateKernel(8 * (inLines + this.padded * this.padded));
    this.kernel = kernel;
    this.lines = new Float64Array(memory.buffer, 0, inLines);
    this.sums = new Float64Array(memory.buffer, 8 * inLines, this.padded * this.padded);
  }

  add(): void {
    this.kernel.addProducts(this.lines.byteOffset, this.padded, lineWidth, this.sums.byteOffset);
  }

  /** Writes the upper half of the s×s sums. */
  copyTo(matrix: Float64Array): void {
    for (let a = 0; a < this.s; a++) {
      matrix.set(this.sums.subarray(a * this.padded + a, a * this.padded + this.s), a * this.s + a);
    }
  }
}
