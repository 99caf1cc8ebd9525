import { wasmKernel } from '../kernels/wasm-kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** What wasm/linear-algebra exports; addresses are bytes into the memory. */
export interface KernelExports {
  fourRows(four: number, others: number, count: number, columns: number, products: number): void;
  sumWeightedColumns(
    columns: number,
    size: number,
    indices: number,
    weights: number,
    count: number,
    sums: number,
  ): void;
  addProducts(lines: number, size: number, width: number, sums: number): void;
}

/** The kernel on a memory of its own. */
export const instantiateKernel = wasmKernel<KernelExports>(kernelBytes);
