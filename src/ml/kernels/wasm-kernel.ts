export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

// The part of the standard that is used here; its types come with those of browsers only.
declare const WebAssembly: {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { readonly exports: unknown };
};

const pageBytes = 65_536;

/** A compiled kernel: makes instances, each on a memory of its own of at least so many bytes, all 0. */
export type KernelFactory<E> = (bytes: number) => { kernel: E; memory: WasmMemory };

/**
 * A WebAssembly kernel from its bytes in base64; compiled when it is first used.
 * `E`: what it exports, by the word of whoever wrote it.
 */
export function wasmKernel<E>(base64: string): KernelFactory<E> {
  let compiled: object | undefined;
  return (bytes) => {
    compiled ??= new WebAssembly.Module(Buffer.from(base64, 'base64'));
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { kernel: exports as E, memory };
  };
}
