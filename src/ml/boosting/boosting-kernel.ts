import { UserError } from '../../errors.js';
import type { BinnedRows, SparseEntries } from './binned-rows.js';
import type { FeatureBins } from './feature-bins.js';
import { instantiateKernel, type KernelExports } from './kernel-exports.js';
import { type KernelAddresses, planMemory, slotBytes } from './kernel-memory.js';

/** Bits of a sum of curvatures, and of a number of rows, in a slot. */
const curvatureBits = 40;
const rowBits = 24;
/** A sum of gradients must be a whole number that a double holds. */
const gradientBits = 52;

/** What is below this share of the node's own term is rounding. */
const leastGain = 1e-12;
/** A child of less curvature would have a value without meaning. */
const leastCurvature = 1e-3;

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly rows: number;
}

/** A split of a node: rows with a code of at most `code` go left, missing values where `missingLeft` says. */
export interface Split {
  readonly feature: number;
  readonly code: number;
  readonly missingLeft: boolean;
  /** Decrease of the loss by the second-order approximation, times 2; > 0. */
  readonly gain: number;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

export interface SplitRules {
  readonly minSamplesLeaf: number;
  /** Added to the curvature of a node. */
  readonly l2Regularization: number;
}

/** The histogram of a node's rows, by its address. */
export type Histogram = number;

/**
 * Binned rows, their derivatives and some histograms in the memory of the WebAssembly kernel. Sums are whole numbers of
 * units (powers of two, for each tree as small as its sums allow), hence exact: the same in any order of the rows, and
 * a part taken from a whole leaves exactly the rest.
 */
export class BoostingKernel {
  /** Rows in the order of the tree's nodes. */
  readonly order: Uint32Array;
  /** Gradient and curvature (>= 0) of row i at 2i and 2i + 1: to be filled before each tree, then `quantise`. */
  readonly derivatives: Float64Array;
  private readonly kernel: KernelExports;
  private readonly address: KernelAddresses;
  private readonly buffer: ArrayBuffer;
  private readonly rows: number;
  private readonly columns: number;
  /** Null for dense rows. */
  private readonly sparse: SparseEntries | null;
  private readonly columnCodes: Uint8Array;
  private readonly features: Uint32Array;
  private readonly slots: number;
  private readonly free: Histogram[] = [];
  private gradientUnit = 1;
  private curvatureUnit = 1;

  /**
   * @param histograms how many are wanted at a time; fewer are there if they are too large
   * Throws UserError for more rows than can be counted (16,777,215).
   */
  constructor(
    binned: BinnedRows,
    private readonly bins: FeatureBins,
    histograms: number,
  ) {
    const { rows, columns, slotStart, cells } = binned;
    if (rows >= 2 ** rowBits) {
      throw new UserError(`boosting takes at most ${2 ** rowBits - 1} rows, here are ${rows}`, {
        hint: 'learn from some of them: --sample N',
      });
    }
    const address = planMemory(binned, histograms);
    const { kernel, memory } = instantiateKernel(address.end);
    this.kernel = kernel;
    this.address = address;
    this.buffer = memory.buffer;
    this.rows = rows;
    this.columns = columns;
    this.slots = slotStart[columns];
    this.sparse = cells.kind === 'sparse' ? cells : null;
    this.order = new Uint32Array(memory.buffer, address.order, rows);
    this.derivatives = new Float64Array(memory.buffer, address.derivatives, 2 * rows);
    this.columnCodes = new Uint8Array(memory.buffer, address.columnCodes, cells.kind === 'dense' ? 0 : rows);
    this.features = new Uint32Array(memory.buffer, address.features, columns);
    const facts = new Int32Array(memory.buffer, address.columns, 4 * columns);
    for (let j = 0; j < columns; j++) {
      const common = cells.kind === 'sparse' ? cells.commonCode[j] : -1;
      facts.set([slotStart[j], bins.cuts[j].length + 1, bins.missing[j], common], 4 * j);
    }
    if (cells.kind === 'dense') {
      new Uint8Array(memory.buffer, address.cells, cells.codes.length).set(cells.codes);
      const starts = new Uint32Array(memory.buffer, address.starts, 4 * Math.ceil(columns / 4));
      for (let j = 0; j < starts.length; j++) starts[j] = slotBytes * slotStart[Math.min(j, columns)];
    } else {
      new Uint32Array(memory.buffer, address.cells, cells.slots.length).set(cells.slots);
      new Uint32Array(memory.buffer, address.starts, rows + 1).set(cells.rowStart);
    }
    for (let k = address.histograms - 1; k >= 0; k--) this.free.push(address.pool + k * address.histogramBytes);
  }

  /** Takes the derivatives as they are now for the next tree: they become whole numbers of units. */
  quantise(): void {
    const { rows, kernel, address } = this;
    kernel.largest(address.derivatives, rows, address.result);
    const [gradient, curvature] = new Float64Array(this.buffer, address.result, 2);
    this.gradientUnit = unitOf(gradient, rows, gradientBits);
    this.curvatureUnit = unitOf(curvature, rows, curvatureBits);
    kernel.quantise(address.derivatives, rows, 1 / this.gradientUnit, 1 / this.curvatureUnit);
  }

  /** Sums of the rows order[0] … order[count - 1], after `quantise`. */
  sum(count: number): NodeSums {
    const { kernel, address, gradientUnit, curvatureUnit } = this;
    kernel.sumRows(address.derivatives, address.order, count, address.result);
    const [g, c] = new Float64Array(this.buffer, address.result, 2);
    return { gradient: g * gradientUnit, curvature: c * curvatureUnit, rows: count };
  }

  /** A histogram to use, null if all are in use. */
  take(): Histogram | null {
    return this.free.pop() ?? null;
  }

  release(histogram: Histogram): void {
    this.free.push(histogram);
  }

  /** Makes `histogram` that of the rows order[start] … order[end - 1]. */
  fill(histogram: Histogram, start: number, end: number): void {
    const { kernel, address, columns } = this;
    new Uint8Array(this.buffer, histogram, address.histogramBytes).fill(0);
    const order = address.order + 4 * start;
    const rows = end - start;
    const { cells, starts, derivatives, scratch } = address;
    if (this.sparse) kernel.addSparse(cells, starts, order, rows, derivatives, histogram);
    else {
      const blocks = Math.ceil(columns / 4);
      kernel.addBlocks(cells, this.rows, blocks, starts, order, rows, derivatives, scratch, histogram);
    }
  }

  /** Takes `part` from `whole`, in place: what is left is the histogram of the other rows, exactly. */
  subtract(whole: Histogram, part: Histogram): void {
    this.kernel.subtract(whole, part, this.slots);
  }

  /**
   * The best split of a node by its histogram, the first of equals; null where none gains anything. The gain of a split
   * is G_l²/(H_l + λ) + G_r²/(H_r + λ) - G²/(H + λ) (Chen and Guestrin, XGBoost, 2016, equation 7, without its half and
   * penalty). O(slots of the features tried).
   * @param features those to try, ascending; null for all
   */
  findSplit(histogram: Histogram, sums: NodeSums, rules: SplitRules, features: Uint32Array | null): Split | null {
    const { address, gradientUnit, curvatureUnit, bins } = this;
    const { gradient, curvature, rows } = sums;
    const { l2Regularization: l2, minSamplesLeaf } = rules;
    if (features) this.features.set(features);
    else for (let j = 0; j < this.columns; j++) this.features[j] = j;
    const own = curvature + l2 > 0 ? (gradient * gradient) / (curvature + l2) : 0;
    this.kernel.findSplit(
      histogram,
      address.features,
      features?.length ?? this.columns,
      address.columns,
      gradient / gradientUnit,
      curvature / curvatureUnit,
      rows,
      gradientUnit,
      curvatureUnit,
      l2,
      minSamplesLeaf,
      leastCurvature / curvatureUnit,
      own + leastGain * (1 + own),
      address.result,
    );
    const [feature, code, missingLeft, leftRows] = new Int32Array(this.buffer, address.result, 4);
    if (feature < 0) return null;
    const [g, c, value] = new Float64Array(this.buffer, address.result + 16, 3);
    const left = { gradient: g * gradientUnit, curvature: c * curvatureUnit, rows: leftRows };
    const right = {
      gradient: gradient - left.gradient,
      curvature: curvature - left.curvature,
      rows: rows - leftRows,
    };
    // A feature without missing values: those of later take the way of most rows.
    const way = bins.missing[feature] ? missingLeft === 1 : left.rows >= right.rows;
    return { feature, code, missingLeft: way, gain: value - own, left, right };
  }

  /** Sorts the rows order[start] … order[end - 1] into left and right, each in their order; where the right ones begin. */
  partition(start: number, end: number, { feature, code, missingLeft }: Split): number {
    const { kernel, address, bins } = this;
    const missing = bins.missing[feature] ? bins.cuts[feature].length + 1 : -1;
    if (this.sparse) this.spreadCodes(this.sparse, feature);
    // A byte of a word of its block, or of a column by itself.
    const [codes, shift] = this.sparse
      ? [address.columnCodes, 0]
      : [address.cells + 4 * (feature >> 2) * this.rows + (feature & 3), 2];
    const order = address.order + 4 * start;
    const rows = end - start;
    return start + kernel.partition(codes, shift, order, rows, code, missing, Number(missingLeft), address.scratch);
  }

  private spreadCodes({ columnStart, columnRows, columnCodes, commonCode }: SparseEntries, feature: number): void {
    this.columnCodes.fill(commonCode[feature]);
    for (let e = columnStart[feature]; e < columnStart[feature + 1]; e++) {
      this.columnCodes[columnRows[e]] = columnCodes[e];
    }
  }
}

/** The power of two such that `rows` values up to `largest`, in units of it, sum to less than 2^bits. */
function unitOf(largest: number, rows: number, bits: number): number {
  if (largest === 0) return 1;
  return 2 ** (Math.floor(Math.log2(largest)) + 1 + Math.ceil(Math.log2(rows + 1)) - bits);
}
