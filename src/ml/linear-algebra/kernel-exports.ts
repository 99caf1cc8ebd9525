import { wasmKernel } from '../kernels/wasm-kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** What wasm/linear-algebra exports; addresses are bytes into the memory. */
export interface KernelExports {
  addProducts(four: number, panels: number, count: number, width: number, sums: number): void;
  addSparseProducts(four: number, starts: number, indices: number, values: number, count: number, sums: number): void;
  sumWeightedColumns(
    columns: number,
    size: number,
    indices: number,
    weights: number,
    count: number,
    sums: number,
  ): void;
}

/** The kernel on a memory of its own. */
export const instantiateKernel = wasmKernel<KernelExports>(kernelBytes);
