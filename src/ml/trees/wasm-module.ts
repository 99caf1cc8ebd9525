import { kernelBytes } from './kernel-bytes.js';

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

// The part of the standard that is used here; its types come with those of browsers only.
declare const WebAssembly: {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { readonly exports: unknown };
};

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

const pageBytes = 65_536;

let compiled: object | undefined;

/** The kernel on a memory of its own, of at least `bytes` bytes. */
export function instantiateKernel(bytes: number): { kernel: KernelExports; memory: WasmMemory } {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernel: exports as KernelExports, memory };
}
