import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { RandomStream } from '../random/stream.js';
import type { BinnedColumn } from './binning.js';
import { CellCollector } from './cell-collector.js';
import { ColumnReader } from './column-reader.js';
import { FeatureSampler } from './feature-sampler.js';
import type { GrowthOptions } from './growth-options.js';
import { LocalRows } from './local-rows.js';
import { type NodeTotals, SplitSearch, weightedImpurity } from './split-search.js';
import { type Tree, TreeBuilder } from './tree.js';

export interface GrownTree {
  readonly tree: Tree;
  /** Length d: share of each feature in the tree's decrease of impurity, summing to 1; all 0 for a single leaf. */
  readonly importance: Float64Array;
}

/** Smaller nodes read their codes row by row, not by a feature's list. */
const smallNode = 16;

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
  readonly stream: RandomStream;
  readonly signal: CancelSignal | undefined;
}

/**
 * Grows classification trees (CART: Breiman, Friedman, Olshen and Stone 1984) on columns in cells. One grower keeps
 * its work arrays for many trees. Time O(rows · features tried · depth), about 2 ns a visit; memory about 16 bytes a
 * row and 8·k bytes a cell.
 *
 * Departures from scikit-learn: values are compared as doubles, not as 32-bit floats; of equally good splits the
 * last feature's in the order they were tried wins (not a random one), so a tree that tries all features uses no chance at all.
 * Throws InterruptedError when cancelled; it looks at every node.
 */
export class TreeGrower {
  private readonly columns: number;
  private readonly reader: ColumnReader;
  private readonly collector: CellCollector;
  private readonly splits: SplitSearch;
  private readonly codes: Uint16Array;
  private readonly rows: Uint32Array;
  /** Where each row stands, kept up to date for the rows of large nodes only. */
  private readonly position: Int32Array;
  private readonly keptRows: Uint32Array;
  /** Weights and classes of the node at hand, position by position; classes renumbered to those that occur in it. */
  private readonly nodeWeights: Float64Array;
  private readonly nodeClasses: Uint16Array;
  private readonly renumbered: Uint16Array;
  private readonly classTotals: Float64Array;
  private readonly nodeTotals: Float64Array;
  private bag: Float64Array = new Float64Array(0);
  private candidates: Candidate[] = [];
  /** Grows the subtrees of small nodes on a copy of their rows. */
  private readonly local: { rows: LocalRows; grower: TreeGrower } | undefined;

  /**
   * @param columns the d features, of n rows
   * @param y length n: class of each row, below classCount
   * @param whole false for the grower of subtrees that another one keeps
   */
  constructor(
    columns: readonly BinnedColumn[],
    private readonly y: Uint32Array,
    private readonly classCount: number,
    private readonly options: GrowthOptions,
    whole = true,
  ) {
    const n = y.length;
    const mostCells = columns.reduce((most, column) => Math.max(most, column.low.length), 1);
    this.reader = new ColumnReader(columns);
    this.collector = new CellCollector(n, mostCells, classCount, options.minSamplesLeaf > 1, options.exact);
    this.splits = new SplitSearch(options.criterion, options.minSamplesLeaf, classCount);
    this.columns = columns.length;
    this.codes = new Uint16Array(n);
    this.rows = new Uint32Array(n);
    this.nodeWeights = new Float64Array(n);
    this.position = new Int32Array(n);
    this.keptRows = new Uint32Array(n);
    this.nodeClasses = new Uint16Array(n);
    this.renumbered = new Uint16Array(classCount);
    this.classTotals = new Float64Array(classCount);
    this.nodeTotals = new Float64Array(classCount);
    if (whole && LocalRows.isWorthwhile(columns, n, options)) {
      const rows = new LocalRows(columns, n);
      this.local = { rows, grower: new TreeGrower(rows.columns, rows.y, classCount, options, false) };
    }
  }

  /**
   * Grows a tree on all rows of positive weight.
   * @param weights length n, made by exactWeights (or small integers)
   * @param stream draws features and random thresholds; not touched when all features and boundaries are tried
   */
  grow(weights: Float64Array, stream: RandomStream, signal?: CancelSignal): GrownTree {
    let count = 0;
    let rootWeight = 0;
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 0) continue;
      this.rows[count] = i;
      this.position[i] = count;
      rootWeight += weights[i];
      count++;
    }
    const growth = {
      builder: new TreeBuilder(this.classCount),
      sampler: new FeatureSampler(this.columns, this.options.maxFeatures),
      importance: new Float64Array(this.columns),
      rootWeight,
      stream,
      signal,
    };
    this.growFrom(growth, weights, growth.builder.add(), count, 0, growth.sampler.takeSlot());
    return { tree: growth.builder.build(), importance: sharesOf(growth.importance) };
  }

  /** Grows what is below `node`, whose rows are the first `count` of this grower's. */
  private growFrom(growth: Growth, bag: Float64Array, node: number, count: number, depth: number, slot: number): void {
    this.bag = bag;
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
    const totals = this.countClasses(start, end);
    const { minSamplesSplit, minSamplesLeaf, maxDepth } = this.options;
    const closed =
      totals.classCount === 1 || totals.rows < minSamplesSplit || totals.rows < 2 * minSamplesLeaf || depth >= maxDepth;
    if (!closed && this.local && totals.rows <= this.local.rows.capacity) {
      const { rows, grower } = this.local;
      rows.load(this.rows, start, end, this.y, this.bag);
      grower.growSubtree(growth, rows.weights, node, totals.rows, depth, slot);
      return;
    }
    const found = closed ? undefined : this.findSplit(growth, totals, start, end, slot);
    if (found === undefined) {
      this.setLeaf(growth, node, totals);
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
    for (let i = 0; i < count; i++) {
      this.rows[i] = i;
      this.position[i] = i;
    }
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
    const totals = this.countClasses(candidate.start, candidate.end);
    this.setLeaf(growth, candidate.node, totals);
  }

  /** Leaves the class weights in classTotals, those of the occurring classes in nodeTotals, renumbered classes in nodeClasses. */
  private countClasses(start: number, end: number): NodeTotals {
    const { rows, bag, y, classTotals, nodeTotals, nodeWeights, nodeClasses, renumbered, classCount } = this;
    classTotals.fill(0);
    let ones = 0;
    let all = 0;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i];
      const weight = bag[row];
      const label = y[row];
      nodeWeights[k] = weight;
      nodeClasses[k] = label;
      if (classCount > 2) {
        classTotals[label] += weight;
      } else {
        // Two sums in registers instead of one in memory that waits for the last.
        all += weight;
        ones += weight * label;
      }
    }
    if (classCount <= 2) {
      classTotals[0] = all - ones;
      if (classCount === 2) classTotals[1] = ones;
    }
    let weight = 0;
    let occurring = 0;
    for (let k = 0; k < classCount; k++) {
      if (classTotals[k] === 0) continue;
      weight += classTotals[k];
      nodeTotals[occurring] = classTotals[k];
      renumbered[k] = occurring++;
    }
    if (occurring > 1 && occurring < classCount) {
      for (let k = 0, count = end - start; k < count; k++) nodeClasses[k] = renumbered[nodeClasses[k]];
    }
    return { rows: end - start, weight, classWeight: nodeTotals, classCount: occurring };
  }

  private findSplit(
    { sampler, stream, rootWeight }: Growth,
    totals: NodeTotals,
    start: number,
    end: number,
    slot: number,
  ): { feature: number; cut: number; threshold: number; decrease: number } | undefined {
    const { reader, collector, splits, codes, rows } = this;
    const { cells } = collector;
    const nodeRows = {
      start,
      count: end - start,
      rows,
      weights: this.nodeWeights,
      classes: this.nodeClasses,
      classCount: totals.classCount,
      classWeight: totals.classWeight,
    };
    let best = Infinity;
    let feature = -1;
    let cut = 0;
    let threshold = 0;
    sampler.begin(slot);
    for (;;) {
      const j = sampler.draw(stream, feature >= 0);
      if (j < 0) break;
      const list = nodeRows.count > smallNode ? reader.listShorterThan(j, nodeRows.count) : null;
      if (list) {
        collector.collectListed(list, this.position, nodeRows);
      } else {
        reader.read(j, rows, start, end, codes);
        if (reader.lowest !== reader.highest) collector.collect(codes, reader.lowest, reader.highest, nodeRows);
        else cells.count = 1;
      }
      if (cells.count === 1) {
        sampler.markConstant(j);
        continue;
      }
      const { low, high } = reader.cells(j);
      let first = 0;
      let last = cells.count - 2;
      let drawn = Number.NaN;
      if (this.options.splitter === 'random') {
        drawn = drawBetween(low[cells.code[0]], high[cells.code[last + 1]], stream.float());
        while (first < last && low[cells.code[first + 1]] <= drawn) first++;
        last = first;
      }
      splits.search(cells, totals, first, last);
      // Of equally good features the last wins: on four real sets that tree was the better one, or as good.
      if (splits.boundary < 0 || splits.impurity > best) continue;
      if (cells.shift > 0) {
        const known = collector.refine(splits.boundary, codes, reader.lowest, nodeRows);
        splits.search(cells, totals, known.first, known.last);
      }
      best = splits.impurity;
      feature = j;
      cut = cells.code[splits.boundary];
      const above = low[cells.code[splits.boundary + 1]];
      threshold = Number.isNaN(drawn)
        ? midpoint(high[cut], above)
        : Math.min(Math.max(drawn, high[cut]), midpoint(high[cut], above));
    }
    if (feature < 0) return undefined;
    const decrease = Math.max(
      0,
      weightedImpurity(this.options.criterion, totals.classWeight, totals.classCount) - best,
    );
    // The small number forgives the rounding of impurities that are equal on paper.
    if (decrease / rootWeight + 1e-15 < this.options.minImpurityDecrease) return undefined;
    return { feature, cut, threshold, decrease };
  }

  private split(growth: Growth, candidate: Candidate): void {
    const { builder, sampler, importance } = growth;
    const { node, start, end, depth, slot, feature, cut, threshold, decrease } = candidate;
    const middle = this.partition(start, end, feature, cut);
    importance[feature] += decrease;
    const left = builder.add();
    const right = builder.add();
    builder.setInner(node, feature, threshold, left);
    const rightSlot = sampler.copySlot(slot);
    this.open(growth, right, middle, end, depth + 1, rightSlot);
    this.open(growth, left, start, middle, depth + 1, slot);
  }

  /** Moves the rows that go left to the front, keeping the order of both parts; returns where the right ones begin. */
  private partition(start: number, end: number, feature: number, cut: number): number {
    const { rows, keptRows, codes } = this;
    this.reader.read(feature, rows, start, end, codes);
    let at = start;
    let kept = 0;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i];
      // Written to both sides, of which one moves on: which way a row goes is a coin toss no processor can foresee.
      rows[at] = row;
      keptRows[kept] = row;
      const right = (cut - codes[k]) >>> 31;
      at += 1 - right;
      kept += right;
    }
    rows.set(keptRows.subarray(0, kept), at);
    if (at - start > smallNode) this.locate(start, at);
    if (end - at > smallNode) this.locate(at, end);
    return at;
  }

  private locate(start: number, end: number): void {
    const { rows, position } = this;
    for (let i = start; i < end; i++) position[rows[i]] = i;
  }

  private setLeaf({ builder }: Growth, node: number, totals: NodeTotals): void {
    if (totals.classCount > 1) builder.setLeaf(node, this.classTotals, totals.weight);
    else
      builder.setPureLeaf(
        node,
        this.classTotals.findIndex((weight) => weight > 0),
      );
  }
}

/** Between two neighbouring values a < b, never b itself. */
function midpoint(a: number, b: number): number {
  // Halved first: the sum of two large numbers would overflow.
  const middle = Math.abs(a) < 1e300 && Math.abs(b) < 1e300 ? (a + b) / 2 : a / 2 + b / 2;
  return middle < b ? middle : a;
}

function drawBetween(low: number, high: number, u: number): number {
  return low * (1 - u) + high * u;
}

function sharesOf(decreases: Float64Array): Float64Array {
  let sum = 0;
  for (const decrease of decreases) sum += decrease;
  return sum > 0 ? decreases.map((decrease) => decrease / sum) : decreases;
}
