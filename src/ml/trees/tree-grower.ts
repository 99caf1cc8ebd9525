import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { RandomStream } from '../random/stream.js';
import type { BinnedColumn } from './binning.js';
import { AnyClassSearch } from './any-class-search.js';
import type { BoundarySearch } from './boundary-search.js';
import { ColumnReader } from './column-reader.js';
import { FeatureSampler } from './feature-sampler.js';
import type { GrowthOptions } from './growth-options.js';
import { LocalRows } from './local-rows.js';
import type { NodeRows } from './node-rows.js';
import { lineUpRows, type RootRows } from './root-rows.js';
import { weightedImpurity } from './split-search.js';
import type { Tree } from './tree.js';
import { TreeBuilder } from './tree-builder.js';
import { type KernelScope, TreeKernel } from './tree-kernel.js';
import { PlainRows, type TreeRows } from './tree-rows.js';
import { TwoClassSearch } from './two-class-search.js';

export interface GrownTree {
  readonly tree: Tree;
  /** Length d: share of each feature in the tree's decrease of impurity, summing to 1; all 0 for a single leaf. */
  readonly importance: Float64Array;
}

/** A node that has been given a split and waits for it to be carried out. */
interface Candidate {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Slot of the sampler's known constants. */
  readonly slot: number;
  readonly feature: number;
  /** Codes up to this one go left. */
  readonly cut: number;
  readonly threshold: number;
  /** Weighted decrease of impurity. */
  readonly decrease: number;
}

/** What belongs to the tree being grown, whichever grower is at work on it. */
interface Growth {
  readonly builder: TreeBuilder;
  readonly sampler: FeatureSampler;
  /** Length d: decrease of impurity by feature. */
  readonly importance: Float64Array;
  readonly rootWeight: number;
  /** Whether each row's weight is 1. */
  readonly unweighted: boolean;
  readonly stream: RandomStream;
  readonly signal: CancelSignal | undefined;
}

/**
 * Grows classification trees (CART: Breiman, Friedman, Olshen and Stone 1984) on columns in cells. One grower keeps
 * its work arrays for many trees. Rows stand by class, so that classes are counted without a look at labels. Nodes of
 * two classes without weights are searched by a kernel (see TreeKernel). Time O(rows · features tried · depth), 4 to 8 ns
 * a visit; memory a copy of the columns, about 40 bytes a row and 8·k bytes a cell.
 *
 * Departures from scikit-learn: values are compared as doubles, not as 32-bit floats; of equally good splits the
 * last feature's in the order they were tried wins (not a random one), so a tree that tries all features uses no chance at all.
 * Throws InterruptedError when cancelled; it looks at every node.
 */
export class TreeGrower {
  private readonly reader: ColumnReader;
  private readonly tree: TreeRows;
  /** Searches nodes of two classes, where the options allow it; made when first needed, as is the other. */
  private readonly kernel: KernelScope | undefined;
  private twoClasses: BoundarySearch | undefined;
  private anyClasses: BoundarySearch | undefined;
  /** Weights and classes of the node at hand, position by position; classes renumbered to those that occur in it. */
  private readonly builder: TreeBuilder;
  private readonly nodeWeights: Float64Array;
  private readonly nodeClasses: Uint16Array;
  private readonly renumbered: Uint16Array;
  private readonly classTotals: Float64Array;
  private readonly nodeTotals: Float64Array;
  private bag: Float64Array = new Float64Array(0);
  /** The rows of `bag`, which is often the same for all trees. */
  private root: RootRows | undefined;
  private unweighted = false;
  private candidates: Candidate[] = [];
  /** Grows the subtrees of small nodes on a copy of their rows. */
  private readonly local: { rows: LocalRows; grower: TreeGrower } | undefined;

  /**
   * @param columns the d features, of n rows
   * @param y length n: class of each row, below classCount
   * @param scope what the grower of subtrees works on, which another one keeps
   */
  constructor(
    readonly columns: readonly BinnedColumn[],
    private readonly y: Uint32Array,
    private readonly classCount: number,
    private readonly options: GrowthOptions,
    scope?: KernelScope,
  ) {
    const n = y.length;
    this.reader = new ColumnReader(columns, n);
    this.kernel = scope;
    const localRows = !scope && LocalRows.isWorthwhile(columns, n, options) ? LocalRows.capacity : 0;
    if (!scope && options.useKernel !== false && TreeKernel.fits(columns, n, localRows)) {
      const kernel = new TreeKernel(columns, n, options.exact, localRows);
      this.kernel = kernel.whole;
      if (kernel.local) {
        const rows = new LocalRows(kernel, kernel.local, columns);
        this.local = { rows, grower: new TreeGrower(rows.columns, rows.y, classCount, options, kernel.local) };
      }
    }
    const hasLists = columns.some(({ list }) => list !== null);
    this.tree = this.kernel ?? new PlainRows(this.reader, n, hasLists);
    this.builder = new TreeBuilder(classCount);
    this.nodeWeights = new Float64Array(n);
    this.nodeClasses = new Uint16Array(n);
    this.renumbered = new Uint16Array(classCount);
    this.classTotals = new Float64Array(classCount);
    this.nodeTotals = new Float64Array(classCount);
  }

  /**
   * Grows a tree on all rows of positive weight.
   * @param weights length n, made by exactWeights (or small integers); not to be changed while this grower is in use
   * @param stream draws features and random thresholds; not touched when all features and boundaries are tried
   */
  grow(weights: Float64Array, stream: RandomStream, signal?: CancelSignal): GrownTree {
    if (this.bag !== weights || !this.root) this.root = lineUpRows(weights, this.y, this.classCount);
    const { rows, weight, unweighted } = this.root;
    this.tree.rows.set(rows);
    this.tree.locate(rows.length);
    this.builder.clear();
    const growth = {
      builder: this.builder,
      sampler: new FeatureSampler(this.columns.length, this.options.maxFeatures),
      importance: new Float64Array(this.columns.length),
      rootWeight: weight,
      unweighted,
      stream,
      signal,
    };
    this.growFrom(growth, weights, growth.builder.add(), rows.length, 0, growth.sampler.takeSlot());
    return { tree: growth.builder.build(), importance: sharesOf(growth.importance) };
  }

  /** Grows what is below `node`, whose rows are the first `count` of this grower's. */
  private growFrom(growth: Growth, bag: Float64Array, node: number, count: number, depth: number, slot: number): void {
    this.bag = bag;
    this.unweighted = growth.unweighted;
    if (this.unweighted) this.nodeWeights.fill(1, 0, count);
    this.candidates = [];
    this.open(growth, node, 0, count, depth, slot);
    let leaves = 1;
    while (this.candidates.length > 0) {
      const candidate = this.next();
      if (leaves >= this.options.maxLeafNodes) {
        this.close(growth, candidate);
        continue;
      }
      leaves++;
      this.split(growth, candidate);
    }
  }

  /** Looks at a new node: finds its split and queues it, or makes it a leaf. */
  private open(growth: Growth, node: number, start: number, end: number, depth: number, slot: number): void {
    throwIfCancelled(growth.signal);
    const rowsOfNode = this.describe(start, end);
    const { classCount, count } = rowsOfNode;
    const { minSamplesSplit, minSamplesLeaf, maxDepth } = this.options;
    const closed = classCount === 1 || count < minSamplesSplit || count < 2 * minSamplesLeaf || depth >= maxDepth;
    if (!closed && this.local && count <= LocalRows.capacity) {
      const { rows, grower } = this.local;
      rows.load(start, end, this.y, this.bag);
      grower.growSubtree(growth, rows.weights, node, count, depth, slot);
      return;
    }
    const found = closed ? undefined : this.findSplit(growth, rowsOfNode, slot);
    if (found === undefined) {
      this.setLeaf(growth, node, rowsOfNode);
      growth.sampler.freeSlot(slot);
    } else {
      this.candidates.push({ node, start, end, depth, slot, ...found });
    }
  }

  private growSubtree(
    growth: Growth,
    bag: Float64Array,
    node: number,
    count: number,
    depth: number,
    slot: number,
  ): void {
    this.growFrom(growth, bag, node, count, depth, slot);
  }

  /** Depth first without a limit on leaves, else the largest decrease first. */
  private next(): Candidate {
    const { candidates } = this;
    if (this.options.maxLeafNodes === Infinity) return candidates.pop() as Candidate;
    let best = 0;
    for (let c = 1; c < candidates.length; c++) if (candidates[c].decrease > candidates[best].decrease) best = c;
    return candidates.splice(best, 1)[0];
  }

  private close(growth: Growth, candidate: Candidate): void {
    this.setLeaf(growth, candidate.node, this.describe(candidate.start, candidate.end));
  }

  /** Counts the classes of the node at positions start … end - 1. */
  private describe(start: number, end: number): NodeRows {
    const { classTotals, nodeTotals, renumbered } = this;
    if (this.classCount === 2) this.weighTwoClasses(start, end);
    else this.weighClasses(start, end);
    let weight = 0;
    let occurring = 0;
    let first = -1;
    for (let k = 0; k < this.classCount; k++) {
      if (classTotals[k] === 0) continue;
      if (first < 0) first = k;
      weight += classTotals[k];
      nodeTotals[occurring] = classTotals[k];
      renumbered[k] = occurring++;
    }
    return {
      start,
      middle: this.behind(first, start, end),
      end,
      count: end - start,
      rows: this.tree.rows,
      weights: this.nodeWeights,
      unweighted: this.unweighted,
      weight,
      classes: this.nodeClasses,
      classCount: occurring,
      classWeight: nodeTotals,
    };
  }

  private weighTwoClasses(start: number, end: number): void {
    const { bag, classTotals, nodeWeights } = this;
    const { rows } = this.tree;
    const middle = this.behind(0, start, end);
    classTotals[0] = middle - start;
    classTotals[1] = end - middle;
    if (this.unweighted) return;
    for (let i = start, k = 0; i < end; i++, k++) nodeWeights[k] = bag[rows[i]];
    let weight = 0;
    for (let k = 0; k < middle - start; k++) weight += nodeWeights[k];
    classTotals[0] = weight;
    weight = 0;
    for (let k = middle - start; k < end - start; k++) weight += nodeWeights[k];
    classTotals[1] = weight;
  }

  private weighClasses(start: number, end: number): void {
    const { bag, y, classTotals, nodeWeights } = this;
    const { rows } = this.tree;
    classTotals.fill(0);
    for (let i = start, k = 0; i < end; i++, k++) {
      const weight = bag[rows[i]];
      nodeWeights[k] = weight;
      classTotals[y[rows[i]]] += weight;
    }
  }

  /** The first position of start … end - 1 whose class is larger than k, else end. */
  private behind(k: number, start: number, end: number): number {
    const { y } = this;
    const { rows } = this.tree;
    let from = start;
    let to = end;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (y[rows[middle]] <= k) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Numbers the classes of a node's rows by those that occur in it. */
  private numberClasses(start: number, end: number): void {
    const { y, nodeClasses, renumbered } = this;
    const { rows } = this.tree;
    for (let i = start, k = 0; i < end; i++, k++) nodeClasses[k] = renumbered[y[rows[i]]];
  }

  private searchFor(node: NodeRows): BoundarySearch {
    const { columns, reader, y, options, classCount } = this;
    const { criterion, splitter, minSamplesLeaf } = options;
    const mostCells = (): number => columns.reduce((most, { low }) => Math.max(most, low.length), 1);
    if (node.classCount === 2 && criterion === 'gini' && splitter === 'best' && minSamplesLeaf === 1) {
      if (this.kernel && node.unweighted) return this.kernel;
      this.twoClasses ??= new TwoClassSearch(reader, y.length, mostCells(), options.exact);
      return this.twoClasses;
    }
    this.anyClasses ??= new AnyClassSearch(reader, y.length, mostCells(), classCount, options);
    this.numberClasses(node.start, node.end);
    return this.anyClasses;
  }

  private findSplit(
    { sampler, stream, rootWeight }: Growth,
    node: NodeRows,
    slot: number,
  ): { feature: number; cut: number; threshold: number; decrease: number } | undefined {
    const { columns } = this;
    const { position } = this.tree;
    const search = this.searchFor(node);
    let best = Infinity;
    let feature = -1;
    let cut = 0;
    let threshold = 0;
    sampler.begin(slot);
    for (;;) {
      const j = sampler.draw(stream, feature >= 0);
      if (j < 0) break;
      if (!search.search(j, position, node, best, stream)) {
        sampler.markConstant(j);
        continue;
      }
      // Of equally good features the last wins: on four real sets that tree was the better one, or as good.
      if (search.impurity === Infinity || search.impurity > best) continue;
      const { low, high } = columns[j];
      best = search.impurity;
      feature = j;
      cut = search.cut;
      const between = midpoint(high[cut], low[search.above]);
      threshold = Number.isNaN(search.drawn) ? between : Math.min(Math.max(search.drawn, high[cut]), between);
    }
    if (feature < 0) return undefined;
    const decrease = Math.max(0, weightedImpurity(this.options.criterion, node.classWeight, node.classCount) - best);
    // The small number forgives the rounding of impurities that are equal on paper.
    if (decrease / rootWeight + 1e-15 < this.options.minImpurityDecrease) return undefined;
    return { feature, cut, threshold, decrease };
  }

  private split(growth: Growth, candidate: Candidate): void {
    const { builder, sampler, importance } = growth;
    const { node, start, end, depth, slot, feature, cut, threshold, decrease } = candidate;
    const middle = this.tree.split(feature, start, end, cut);
    importance[feature] += decrease;
    const left = builder.add();
    const right = builder.add();
    builder.setInner(node, feature, threshold, left);
    const rightSlot = sampler.copySlot(slot);
    this.open(growth, right, middle, end, depth + 1, rightSlot);
    this.open(growth, left, start, middle, depth + 1, slot);
  }

  private setLeaf({ builder }: Growth, node: number, totals: NodeRows): void {
    if (totals.classCount > 1) builder.setLeaf(node, this.classTotals, totals.weight);
    else
      builder.setPureLeaf(
        node,
        this.classTotals.findIndex((weight) => weight > 0),
        totals.weight,
      );
  }
}

/** Between two neighbouring values a < b, never b itself. */
function midpoint(a: number, b: number): number {
  // Halved first: the sum of two large numbers would overflow.
  const middle = Math.abs(a) < 1e300 && Math.abs(b) < 1e300 ? (a + b) / 2 : a / 2 + b / 2;
  return middle < b ? middle : a;
}

function sharesOf(decreases: Float64Array): Float64Array {
  let sum = 0;
  for (const decrease of decreases) sum += decrease;
  return sum > 0 ? decreases.map((decrease) => decrease / sum) : decreases;
}
