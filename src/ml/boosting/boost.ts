import { type FitContext, throwIfCancelled } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { randomStream, shuffle } from '../random/stream.js';
import { boostedTree } from './boosted-tree.js';
import { addTree } from './add-tree.js';
import { binRows } from './binned-rows.js';
import { makeSumsExact } from './exact-sums.js';
import { type FeatureBins, findBins } from './feature-bins.js';
import { FittedBoosting } from './fitted-boosting.js';
import { BoostingKernel } from './boosting-kernel.js';
import type { BoostingLoss } from './losses.js';
import { type GrowingNode, type GrowthRules, TreeGrower } from './tree-grower.js';
import { type StoppingRule, StoppingWatch } from './stopping.js';
import type { Tree } from '../trees/tree.js';

export interface BoostingOptions {
  readonly loss: BoostingLoss;
  readonly rounds: number;
  readonly learningRate: number;
  readonly maxBins: number;
  readonly growth: GrowthRules;
  /** Features tried for each split. */
  readonly maxFeatures: number;
  /** Share of the rows that each tree learns from, drawn without replacement. */
  readonly subsample: number;
  /**
   * What a split lowers: the loss by its second-order approximation, or the squared error of the gradient (Friedman's
   * mean squared error), in which case the leaves alone know of curvature.
   */
  readonly criterion: 'second-order' | 'squared-error';
  /** Null: all rounds. */
  readonly stopping: StoppingRule | null;
}

export interface BoostingData {
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
  /** > 0, with exact sums. */
  readonly weights: Float64Array;
  readonly classCount: number;
}

/** Open leaves whose histograms are kept; others' are made anew. */
const mostHistograms = 256;

/** Trees that are drawn fewer rows are poor ones. */
const fewDrawn = 100;

/** A leaf's curvature is held above this share of its rows' weight: its step stays finite. */
const leastCurvature = 1e-10;

/**
 * Boosted trees (Friedman 2001) on binned features (Ke et al., LightGBM, 2017): in each round one tree for each raw
 * value of the loss. Sums are exact (see BoostingKernel), so that the model depends neither on the order of the rows
 * nor on whether the matrix is sparse, save where rows are drawn at random. O(rounds · rows · columns · depth / 2) time,
 * 2 bytes a cell beside the input (13 an entry of a sparse matrix).
 */
export async function boost(
  data: BoostingData,
  options: BoostingOptions,
  context: FitContext,
): Promise<FittedBoosting> {
  const { X, y, weights, classCount } = data;
  const { loss } = options;
  throwIfCancelled(context.signal);
  const watch = options.stopping ? new StoppingWatch(options.stopping, y, weights, context.seed) : null;
  // Early stopping keeps some rows for itself.
  const learning = watch ? watch.training : Uint32Array.from({ length: X.rows }, (_, i) => i);
  const drawn = Math.max(1, Math.floor(options.subsample * learning.length));
  // All that a tree does not grow on, where that is always the same.
  const aside = watch && drawn === learning.length ? asideOf(X, watch.kept) : null;
  const maker = new TreeMaker(data, options, context.seed);
  const start = loss.start(y, weights);
  const raw = new Float64Array(X.rows * loss.values);
  for (let at = 0; at < raw.length; at++) raw[at] = start[at % loss.values];
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    throwIfCancelled(context.signal);
    const order = learning.slice();
    if (drawn < order.length) drawFirst(order, drawn, context.seed, round);
    // The trees of a round are all grown on what was said before it.
    const steps = loss.values === 1 ? raw : new Float64Array(raw.length);
    let split = false;
    for (let v = 0; v < loss.values; v++) {
      const { tree, root } = maker.make(raw, v, order, drawn);
      trees.push(tree);
      split ||= root.children !== null;
      // Rows that the tree did not grow on have to be walked down it.
      if (drawn < learning.length) {
        addTree(tree, X, steps, loss.values, v);
      } else {
        addByLeaf(root, tree, maker.order, steps, loss.values, v);
        if (aside) addAside(tree, aside, steps, loss.values, v);
      }
    }
    if (steps !== raw) for (let at = 0; at < raw.length; at++) raw[at] += steps[at];
    context.progress?.(round + 1, options.rounds, 'rounds');
    if (!split || watch?.shouldStop(loss, raw)) break;
  }
  const model = { trees, start, classCount, importances: maker.importances(), logOdds: loss.logOdds };
  return new FittedBoosting(model, drawn < learning.length && drawn < fewDrawn ? [tooFewDrawn(drawn)] : []);
}

const tooFewDrawn = (drawn: number): string =>
  `each tree learned from ${drawn === 1 ? 'one row' : `${drawn} rows`} only: a larger subsample (--param subsample=0.5) may do better on little data`;

/** Rows that no tree grows on, and a copy of their features. */
interface Aside {
  readonly rows: Uint32Array;
  readonly X: FeatureMatrix;
}

function asideOf(X: FeatureMatrix, rows: Uint32Array): Aside {
  return { rows, X: selectRows(X, rows) };
}

/** Adds the value of their leaf to the raw value v of the rows aside. */
function addAside(tree: Tree, { rows, X }: Aside, raw: Float64Array, values: number, v: number): void {
  const said = new Float64Array(rows.length);
  addTree(tree, X, said, 1, 0);
  for (let k = 0; k < said.length; k++) raw[rows[k] * values + v] += said[k];
}

/** Makes one tree after the other. */
class TreeMaker {
  private readonly bins: FeatureBins;
  private readonly kernel: BoostingKernel;
  private readonly grower: TreeGrower;
  /** Curvatures where the splits do not ask for them. */
  private readonly curvature: Float64Array;
  private readonly gains: Float64Array;

  constructor(
    private readonly data: BoostingData,
    private readonly options: BoostingOptions,
    seed: number,
  ) {
    const { X } = data;
    const { growth, maxFeatures, maxBins, criterion } = options;
    this.bins = findBins(X, maxBins, seed);
    this.kernel = new BoostingKernel(binRows(X, this.bins), this.bins, Math.min(growth.maxLeafNodes, mostHistograms));
    const stream = randomStream(seed, 'boosting features');
    this.grower = new TreeGrower(this.kernel, growth, () => drawFeatures(X.columns, maxFeatures, stream));
    this.curvature = new Float64Array(criterion === 'squared-error' ? X.rows : 0);
    this.gains = new Float64Array(X.columns);
  }

  /** The rows by leaf of the last tree. */
  get order(): Uint32Array {
    return this.kernel.order;
  }

  /** A tree for the raw value `v`, grown on the first `count` rows of `order`. */
  make(raw: Float64Array, v: number, order: Uint32Array, count: number): { tree: Tree; root: GrowingNode } {
    const { kernel, bins, gains } = this;
    const { y, weights } = this.data;
    const { loss, criterion, learningRate, growth } = this.options;
    loss.derivatives(raw, y, weights, v, kernel.derivatives);
    if (criterion === 'squared-error') this.setCurvatureAside();
    kernel.quantise();
    kernel.order.set(order);
    const root = this.grower.grow(count);
    const valueOf = (leaf: GrowingNode): number => {
      const { gradient, curvature } = leaf.sums;
      const own = criterion === 'squared-error' ? this.sumOfCurvature(leaf) : curvature;
      return -(learningRate * gradient) / Math.max(leastCurvature, own + growth.l2Regularization);
    };
    return { tree: boostedTree(root, bins, valueOf, gains), root };
  }

  /** Length d: shares of what all splits have gained. */
  importances(): Float64Array {
    const total = this.gains.reduce((sum, gain) => sum + gain, 0);
    return total > 0 ? this.gains.map((gain) => gain / total) : this.gains;
  }

  /** With weights in place of curvatures the gain of a split is a decrease of the squared error. */
  private setCurvatureAside(): void {
    const { curvature } = this;
    const { derivatives } = this.kernel;
    for (let i = 0; i < curvature.length; i++) {
      curvature[i] = derivatives[2 * i + 1];
      derivatives[2 * i + 1] = this.data.weights[i];
    }
    makeSumsExact(curvature);
  }

  private sumOfCurvature({ start, end }: GrowingNode): number {
    let sum = 0;
    for (let k = start; k < end; k++) sum += this.curvature[this.kernel.order[k]];
    return sum;
  }
}

/** Adds the value of each leaf to the raw value v of the rows that lie in it. */
function addByLeaf(
  root: GrowingNode,
  tree: Tree,
  order: Uint32Array,
  raw: Float64Array,
  values: number,
  v: number,
): void {
  // Leaves are kept breadth first, and so are they found here.
  const nodes = [root];
  let leaf = 0;
  for (const { children, start, end } of nodes) {
    if (children) {
      nodes.push(...children);
      continue;
    }
    const value = tree.leaves[leaf++];
    for (let k = start; k < end; k++) raw[order[k] * values + v] += value;
  }
}

/** Brings `count` rows drawn without replacement to the front, ascending. */
function drawFirst(order: Uint32Array, count: number, seed: number, round: number): void {
  const stream = randomStream(seed, 'boosting rows', round);
  for (let k = 0; k < count; k++) {
    const from = k + stream.below(order.length - k);
    const row = order[from];
    order[from] = order[k];
    order[k] = row;
  }
  order.subarray(0, count).sort();
}

/** Features for the next node, ascending; null for all. */
function drawFeatures(columns: number, count: number, stream: ReturnType<typeof randomStream>): Uint32Array | null {
  if (count >= columns) return null;
  const features = Uint32Array.from({ length: columns }, (_, j) => j);
  shuffle(features, stream);
  return features.subarray(0, count).sort();
}
