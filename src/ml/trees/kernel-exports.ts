import { wasmKernel } from '../kernels/wasm-kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** What wasm/trees exports; addresses are bytes into the memory. */
export interface KernelExports {
  start(
    codes: number,
    parts: number,
    found: number,
    keys: number,
    buckets: number,
    histogram: number,
    result: number,
    exact: boolean,
  ): void;
  search(
    column: number,
    rows: number,
    position: number,
    start: number,
    middle: number,
    end: number,
    bar: number,
  ): number;
  split(
    column: number,
    rows: number,
    position: number,
    start: number,
    end: number,
    cut: number,
    kept: number,
    codes: number,
  ): number;
  locate(rows: number, position: number, start: number, end: number): void;
  copyRows(from: number, to: number, columns: number, rows: number, start: number, end: number): void;
  walk(tree: number, values: number, rowBytes: number, rows: number, out: number): void;
}

/** The kernel on a memory of its own. */
export const instantiateKernel = wasmKernel<KernelExports>(kernelBytes);
