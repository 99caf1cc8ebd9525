import { wasmKernel } from '../kernels/wasm-kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** What wasm/boosting exports; addresses are bytes into the memory. */
export interface KernelExports {
  logistic(raw: number, y: number, weights: number, rows: number, derivatives: number): void;
  largest(derivatives: number, rows: number, result: number): void;
  sortDoubles(values: number, count: number, scratch: number, counters: number): void;
  codeColumns(values: number, rows: number, cuts: number, absent: number, codes: number): void;
  quantise(derivatives: number, rows: number, perGradient: number, perCurvature: number): void;
  sumRows(derivatives: number, order: number, rows: number, result: number): void;
  addBlocks(
    codes: number,
    all: number,
    blocks: number,
    offsets: number,
    order: number,
    rows: number,
    derivatives: number,
    gathered: number,
    histogram: number,
  ): void;
  addSparse(entries: number, starts: number, order: number, rows: number, derivatives: number, histogram: number): void;
  subtract(whole: number, part: number, slots: number): void;
  partition(
    codes: number,
    shift: number,
    order: number,
    rows: number,
    code: number,
    missing: number,
    missingLeft: number,
    scratch: number,
  ): number;
  findSplit(
    histogram: number,
    features: number,
    tried: number,
    columns: number,
    gradient: number,
    curvature: number,
    rows: number,
    gradientUnit: number,
    curvatureUnit: number,
    l2: number,
    minRows: number,
    least: number,
    bar: number,
    result: number,
  ): void;
}

/** The kernel on a memory of its own. */
export const instantiateKernel = wasmKernel<KernelExports>(kernelBytes);
