import type { Tree } from './tree.js';
import { instantiateKernel, type KernelExports } from './kernel-exports.js';

/** Bytes of a node: see wasm/trees/walk.ts. */
const nodeBytes = 16;

/** Address of the values. */
const valuesAt = 64;

/** Walks a block of rows down trees, in the memory of a WebAssembly kernel. */
export class TreeWalker {
  /** The block, row after row: to be filled before `walk`. */
  readonly values: Float64Array;
  /** 16 times the node of the leaf of each row of the block, after `walk`. */
  readonly leaves: Uint32Array;
  private readonly kernel: KernelExports;
  private readonly features: Int32Array;
  private readonly thresholds: Float64Array;
  private readonly leavesAt: number;
  private readonly treesAt: number;

  /** @param nodes nodes of all trees that are loaded together */
  constructor(
    readonly nodes: number,
    readonly blockRows: number,
    readonly columns: number,
  ) {
    this.leavesAt = valuesAt + 8 * Math.max(1, blockRows * columns);
    this.treesAt = (this.leavesAt + 4 * blockRows + nodeBytes - 1) & -nodeBytes;
    const { kernel, memory } = instantiateKernel(this.treesAt + nodeBytes * nodes);
    this.kernel = kernel;
    this.values = new Float64Array(memory.buffer, valuesAt, blockRows * columns);
    this.leaves = new Uint32Array(memory.buffer, this.leavesAt, blockRows);
    this.features = new Int32Array(memory.buffer, this.treesAt, 4 * nodes);
    this.thresholds = new Float64Array(memory.buffer, this.treesAt, 2 * nodes);
  }

  /** Loads a tree so that its root is node number `first`. */
  load({ feature, threshold }: Tree, first: number): void {
    const { features, thresholds } = this;
    let inner = 0;
    for (let node = 0, at = first; node < feature.length; node++, at++) {
      const isInner = feature[node] >= 0;
      features[4 * at] = isInner ? feature[node] : 0;
      features[4 * at + 1] = nodeBytes * (isInner ? 2 * inner + 1 : node);
      thresholds[2 * at + 1] = isInner ? threshold[inner++] : Infinity;
    }
  }

  /** Finds the leaves of the first `rows` rows of the block in the tree loaded at `first`. */
  walk(first: number, rows: number): void {
    this.kernel.walk(this.treesAt + nodeBytes * first, valuesAt, 8 * this.columns, rows, this.leavesAt);
  }
}
