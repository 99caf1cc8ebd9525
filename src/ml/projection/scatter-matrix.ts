import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { instantiateKernel, type KernelExports } from '../linear-algebra/kernel-exports.js';
import { panelLines, panelsOf, putLine } from '../linear-algebra/line-panels.js';
import { toDense } from '../matrix/feature-matrix.js';
import type { CentredRows } from './centred-rows.js';

/**
 * Length of the pieces of lines whose products are added at a time: two panels of them stay in the nearest cache, and no
 * power of two, or the panels would lie in the same places of it.
 */
const lineWidth = 96;
/** Sums of a pair of panels. */
const pairCells = panelLines * panelLines;

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
    const { values } = X;
    const products = new LineProducts(d);
    const { lines } = products;
    for (let from = 0; from < n; from += lineWidth) {
      throwIfCancelled(signal);
      const count = Math.min(lineWidth, n - from);
      if (count < lineWidth) lines.fill(0);
      for (let i = 0; i < count; i++) {
        const row = (from + i) * d;
        // Line by line of the columns, in panels of four.
        for (let j = 0, to = panelLines * i; j < d; to += panelLines * lineWidth) {
          const end = Math.min(d, j + panelLines);
          for (let q = to; j < end; j++, q++) lines[q] = values[row + j] - mean[j];
        }
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
  const piece = new Float64Array(lineWidth);
  for (let from = 0; from < d; from += lineWidth) {
    throwIfCancelled(signal);
    const count = Math.min(lineWidth, d - from);
    piece.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < count; j++) piece[j] = values[i * d + from + j] - mean[from + j];
      putLine(products.lines, i, lineWidth, piece, 0);
    }
    products.add();
  }
  products.copyTo(scatter);
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) scatter[a * n + b] = scatter[b * n + a];
  return scatter;
}

/** Sums of the products of all pairs of s lines, a piece of each line at a time, by WebAssembly. */
class LineProducts {
  /** Written by who adds: the next piece of each line, in panels; of what is beyond the s lines nothing is read. */
  readonly lines: Float64Array;
  private readonly kernel: KernelExports;
  /** 16 cells for each pair of panels of which the second does not come before the first, pair after pair. */
  private readonly sums: Float64Array;
  private readonly panels: number;

  constructor(private readonly s: number) {
    this.panels = panelsOf(s);
    const inLines = this.panels * panelLines * lineWidth;
    const inSums = pairCells * ((this.panels * (this.panels + 1)) / 2);
    const { kernel, memory } = instantiateKernel(8 * (inLines + inSums));
    this.kernel = kernel;
    this.lines = new Float64Array(memory.buffer, 0, inLines);
    this.sums = new Float64Array(memory.buffer, 8 * inLines, inSums);
  }

  add(): void {
    const panelBytes = 8 * panelLines * lineWidth;
    let sums = this.sums.byteOffset;
    for (let a = 0; a < this.panels; a++) {
      const own = this.lines.byteOffset + a * panelBytes;
      const count = this.panels - a;
      this.kernel.addProducts(own, own, count, lineWidth, sums);
      sums += 8 * pairCells * count;
    }
  }

  /** Writes the upper half of the s×s sums. */
  copyTo(matrix: Float64Array): void {
    const { s, sums, panels } = this;
    for (let a = 0; a < s; a++) {
      const panel = Math.floor(a / panelLines);
      // Behind the pairs of the panels before this one; a line of the panel beside its own four is a step of four cells.
      const before = panel * panels - (panel * (panel - 1)) / 2;
      const origin = pairCells * (before - panel) + (a % panelLines);
      for (let b = a; b < s; b++) matrix[a * s + b] = sums[origin + panelLines * b];
    }
  }
}
