import type { BoostingKernel, Histogram, NodeSums, Split, SplitRules } from './boosting-kernel.js';

export interface GrowthRules extends SplitRules {
  readonly maxLeafNodes: number;
  /** Levels of splits below the root. */
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
}

/** A node while its tree grows; its rows are order[start] … order[end - 1]. */
export interface GrowingNode {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  /** Null in a leaf. */
  split: Split | null;
  children: readonly [GrowingNode, GrowingNode] | null;
}

interface Candidate {
  readonly node: GrowingNode;
  readonly split: Split;
  /** Null where it did not fit into the memory for histograms. */
  readonly histogram: Histogram | null;
}

/**
 * Grows one tree leaf by leaf, always at the split that gains most (the first made of equals). The histogram of the
 * larger child is what that of the smaller leaves of the parent's. O(rows · columns · depth) at most, mostly half.
 */
export class TreeGrower {
  /** @param features the features to try in the next node, ascending; null for all */
  constructor(
    private readonly kernel: BoostingKernel,
    private readonly rules: GrowthRules,
    private readonly features: () => Uint32Array | null,
  ) {}

  /** Grows a tree on the rows order[0] … order[rows - 1] of the kernel, which it sorts by leaf. */
  grow(rows: number): GrowingNode {
    const root = leaf(0, rows, 0, this.kernel.sum(rows));
    const open: Candidate[] = [];
    this.consider(root, null, open);
    for (let leaves = 1; open.length > 0 && leaves < this.rules.maxLeafNodes; leaves++) {
      const { node, split, histogram } = takeBest(open);
      const middle = this.kernel.partition(node.start, node.end, split);
      const depth = node.depth + 1;
      const left = leaf(node.start, middle, depth, split.left);
      const right = leaf(middle, node.end, depth, split.right);
      node.split = split;
      node.children = [left, right];
      if (leaves + 1 === this.rules.maxLeafNodes) {
        if (histogram !== null) this.kernel.release(histogram);
        break;
      }
      this.considerBoth(left, right, histogram, open);
    }
    for (const { histogram } of open) if (histogram !== null) this.kernel.release(histogram);
    return root;
  }

  private considerBoth(left: GrowingNode, right: GrowingNode, parent: Histogram | null, open: Candidate[]): void {
    const worth = [left, right].filter((node) => this.mayBeSplit(node));
    if (worth.length === 0 || parent === null) {
      if (parent !== null) this.kernel.release(parent);
      // Without the parent's histogram each child makes its own.
      for (const node of worth) this.consider(node, null, open);
      return;
    }
    const [small, large] = left.sums.rows <= right.sums.rows ? [left, right] : [right, left];
    const ofSmall = this.kernel.take();
    if (ofSmall === null) {
      this.kernel.release(parent);
      for (const node of worth) this.consider(node, null, open);
      return;
    }
    this.kernel.fill(ofSmall, small.start, small.end);
    this.kernel.subtract(parent, ofSmall);
    // In their order, so that of equal splits the left one's comes first.
    this.consider(left, left === small ? ofSmall : parent, open);
    this.consider(right, right === large ? parent : ofSmall, open);
  }

  /** Looks for a split of a node; keeps its histogram if there is one. */
  private consider(node: GrowingNode, given: Histogram | null, open: Candidate[]): void {
    const { kernel, rules } = this;
    if (!this.mayBeSplit(node)) {
      if (given !== null) kernel.release(given);
      return;
    }
    const histogram = given ?? kernel.take() ?? this.recycle(open);
    if (given === null) kernel.fill(histogram, node.start, node.end);
    const split = kernel.findSplit(histogram, node.sums, rules, this.features());
    if (split) open.push({ node, split, histogram });
    else kernel.release(histogram);
  }

  /** The histogram of the candidate that will be split last: it makes its children's anew. */
  private recycle(open: Candidate[]): Histogram {
    let last = -1;
    for (let k = 0; k < open.length; k++) {
      if (open[k].histogram !== null && (last < 0 || open[k].split.gain < open[last].split.gain)) last = k;
    }
    const { node, split, histogram } = open[last];
    open[last] = { node, split, histogram: null };
    return histogram as Histogram;
  }

  private mayBeSplit({ depth, sums: { rows } }: GrowingNode): boolean {
    const { maxDepth, minSamplesLeaf, minSamplesSplit } = this.rules;
    return depth < maxDepth && rows >= 2 * minSamplesLeaf && rows >= minSamplesSplit;
  }
}

function leaf(start: number, end: number, depth: number, sums: NodeSums): GrowingNode {
  return { start, end, depth, sums, split: null, children: null };
}

function takeBest(open: Candidate[]): Candidate {
  let best = 0;
  for (let k = 1; k < open.length; k++) if (open[k].split.gain > open[best].split.gain) best = k;
  return open.splice(best, 1)[0];
}
