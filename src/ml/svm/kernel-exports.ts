import { wasmKernel } from '../kernels/wasm-kernel.js';
import { kernelBytes } from './kernel-bytes.js';

/** What wasm/svm exports; addresses are bytes into the memory. */
export interface KernelExports {
  products(table: number, columns: number, values: number, entries: number, size: number, sums: number): void;
  radial(sums: number, norms: number, own: number, gamma: number, size: number): void;
  polynomial(
    sums: number,
    shifts: number,
    own: number,
    gamma: number,
    coef0: number,
    degree: number,
    size: number,
  ): void;
  sigmoid(sums: number, shifts: number, own: number, gamma: number, coef0: number, size: number): void;
  narrow(from: number, to: number, size: number): void;
  weightedSum(values: number, factors: number, size: number): number;
  step(
    gains: number,
    first: number,
    second: number,
    delta: number,
    up: number,
    low: number,
    size: number,
    result: number,
  ): number;
  pick(gains: number, row: number, low: number, diagonal: number, own: number, highest: number, size: number): number;
}

/** The kernel on a memory of its own. */
export const instantiateKernel = wasmKernel<KernelExports>(kernelBytes);
