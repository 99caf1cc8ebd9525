import { UserError } from '../../errors.js';
import type { KernelExports } from './kernel-exports.js';
import { instantiateKernel } from './kernel-exports.js';
import type { KernelFunction } from './kernel-function.js';
import type { ScaledRows } from './scaled-rows.js';

/** Points of a block; its sums stay in the fastest memory. A multiple of four. */
const blockSize = 2048;
/** A column is kept whole where at least this share of a block's cells is not 0. */
const wholeShare = 0.375;
const whole = 0xffffffff;
/** What WebAssembly can address. */
const mostBytes = 2 ** 32 - 2 ** 16;

/** Some rows as points that a kernel is evaluated against, in blocks kept by columns, in WebAssembly memory. */
export class KernelPoints {
  readonly wasm: KernelExports;
  readonly buffer: ArrayBuffer;
  /** Where the reserved bytes begin. */
  readonly reserved: number;
  /** Number of points now loaded, and the same rounded up to a multiple of four. */
  size = 0;
  padded = 0;
  private readonly table: number;
  private readonly store: number;
  private readonly norms: Float64Array;
  private readonly centrings: Float64Array;
  private readonly sums: number;
  private readonly entryColumns: Uint32Array;
  private readonly entryValues: Float64Array;
  private readonly tables: Uint32Array;

  /**
   * @param all the rows that will be loaded, some of them or all at a time (a row may be listed twice)
   * @param reserve bytes that the caller wants in the same memory
   * Throws UserError where that is more than can be addressed.
   */
  constructor(
    private readonly rows: ScaledRows,
    private readonly kernel: KernelFunction,
    all: Uint32Array,
    reserve: number,
  ) {
    const { columns: d, rowStart } = rows.cells;
    const n = all.length;
    let entries = 0;
    for (const row of all) entries += rowStart[row + 1] - rowStart[row];
    let end = 64;
    const place = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 16) * 16;
      return at;
    };
    const blocks = Math.max(1, Math.ceil(n / blockSize));
    const tables = place(8 * blocks * d);
    const norms = place(8 * (n + 4));
    const centrings = place(8 * (n + 4));
    const entryColumns = place(4 * d);
    const entryValues = place(8 * d);
    this.sums = place(8 * blockSize);
    this.reserved = place(reserve);
    this.store = place(storeBound(n, d, entries, blocks));
    if (end > mostBytes) {
      throw new UserError(`${n} rows of ${d} features are too much for a kernel machine`, {
        hint: 'learn from some of them (--sample N), or take linear-svm',
      });
    }
    const { kernel: wasm, memory } = instantiateKernel(end);
    this.wasm = wasm;
    this.buffer = memory.buffer;
    this.table = tables;
    this.tables = new Uint32Array(memory.buffer, tables, 2 * blocks * d);
    this.norms = new Float64Array(memory.buffer, norms, n + 4);
    this.centrings = new Float64Array(memory.buffer, centrings, n + 4);
    this.entryColumns = new Uint32Array(memory.buffer, entryColumns, d);
    this.entryValues = new Float64Array(memory.buffer, entryValues, d);
  }

  /** Makes the rows `which` the points, in that order. O(their cells + blocks · d). */
  load(which: Uint32Array): void {
    const { norm, centring } = this.rows;
    this.size = which.length;
    this.padded = Math.ceil(which.length / 4) * 4;
    this.norms.fill(0);
    this.centrings.fill(0);
    for (let p = 0; p < which.length; p++) {
      this.norms[p] = norm[which[p]];
      this.centrings[p] = centring[which[p]];
    }
    this.tables.fill(0);
    let at = this.store;
    for (let from = 0, block = 0; from < which.length; from += blockSize, block++) {
      at = this.loadBlock(which.subarray(from, from + blockSize), block, at);
    }
  }

  private loadBlock(which: Uint32Array, block: number, start: number): number {
    const { columns: d, rowStart, columnIndex, values } = this.rows.cells;
    const table = this.tables.subarray(2 * block * d, 2 * (block + 1) * d);
    const size = Math.ceil(which.length / 4) * 4;
    for (const row of which) {
      for (let at = rowStart[row]; at < rowStart[row + 1]; at++) table[2 * columnIndex[at] + 1]++;
    }
    let end = start;
    for (let j = 0; j < d; j++) {
      const count = table[2 * j + 1];
      table[2 * j] = end;
      if (count >= wholeShare * size) {
        table[2 * j + 1] = whole;
        new Float64Array(this.buffer, end, size).fill(0);
        end += 8 * size;
      } else end += Math.ceil((10 * count) / 16) * 16;
    }
    const filled = new Uint32Array(d);
    const cells = new Float64Array(this.buffer);
    const places = new Uint16Array(this.buffer);
    for (let p = 0; p < which.length; p++) {
      for (let at = rowStart[which[p]]; at < rowStart[which[p] + 1]; at++) {
        const j = columnIndex[at];
        const count = table[2 * j + 1];
        if (count === whole) {
          cells[table[2 * j] / 8 + p] = values[at];
          continue;
        }
        cells[table[2 * j] / 8 + filled[j]] = values[at];
        places[(table[2 * j] + 8 * count) / 2 + filled[j]++] = p;
      }
    }
    return end;
  }

  /** Writes the kernel of row `i` of `rows` with each point to `target`, in single precision. */
  writeRow(rows: ScaledRows, i: number, target: number): void {
    const entries = this.take(rows, i);
    for (let from = 0; from < this.padded; from += blockSize) {
      const size = Math.min(blockSize, this.padded - from);
      this.evaluate(rows, i, entries, from, size);
      this.wasm.narrow(this.sums, target + 4 * from, size);
    }
  }

  /** For each list of factors (its address; a double for each point): Σ factor · kernel of row i with the point. */
  weightedSums(rows: ScaledRows, i: number, factors: readonly number[], out: Float64Array): void {
    out.fill(0);
    const entries = this.take(rows, i);
    for (let from = 0; from < this.padded; from += blockSize) {
      const size = Math.min(blockSize, this.padded - from);
      this.evaluate(rows, i, entries, from, size);
      for (let k = 0; k < factors.length; k++) {
        out[k] += this.wasm.weightedSum(this.sums, factors[k] + 8 * from, size);
      }
    }
  }

  /** Brings the cells of a row into the memory; returns how many they are. */
  private take({ cells: { rowStart, columnIndex, values } }: ScaledRows, i: number): number {
    const [start, end] = [rowStart[i], rowStart[i + 1]];
    for (let at = start; at < end; at++) {
      this.entryColumns[at - start] = columnIndex[at];
      this.entryValues[at - start] = values[at];
    }
    return end - start;
  }

  private evaluate({ norm, centring }: ScaledRows, i: number, entries: number, from: number, size: number): void {
    const { wasm, sums, entryColumns, entryValues, norms, centrings, rows } = this;
    const { kind, gamma, coef0, degree } = this.kernel;
    const table = this.table + 8 * (from / blockSize) * rows.cells.columns;
    wasm.products(table, entryColumns.byteOffset, entryValues.byteOffset, entries, size, sums);
    const shifts = centrings.byteOffset + 8 * from;
    switch (kind) {
      case 'rbf':
        return wasm.radial(sums, norms.byteOffset + 8 * from, norm[i], gamma, size);
      case 'linear':
        return wasm.polynomial(sums, shifts, centring[i], 1, 0, 1, size);
      case 'poly':
        return wasm.polynomial(sums, shifts, centring[i], gamma, coef0, degree, size);
      case 'sigmoid':
        return wasm.sigmoid(sums, shifts, centring[i], gamma, coef0, size);
    }
  }
}

/** Bytes that no subset of the rows needs more than: a column kept whole has 8 for each cell, 22 for each that is not 0. */
function storeBound(n: number, d: number, entries: number, blocks: number): number {
  const padding = blocks * d * 64;
  return Math.min(Math.ceil(8 / wholeShare) * entries, 10 * (n + 4 * blocks) * d) + padding;
}
