import type { Criterion } from './split-search.js';

/** When a tree stops growing and how it looks for its splits. */
export interface GrowthOptions {
  readonly criterion: Criterion;
  /** 'best': every boundary of a feature is tried; 'random': one, drawn between its smallest and largest value. */
  readonly splitter: 'best' | 'random';
  /** Infinity: no limit. */
  readonly maxDepth: number;
  /** A node of fewer rows is a leaf. */
  readonly minSamplesSplit: number;
  /** No child has fewer rows. */
  readonly minSamplesLeaf: number;
  /** Features drawn for each node, 1 … d; further ones are drawn until one of them can be split. */
  readonly maxFeatures: number;
  /** Infinity: no limit, and the tree grows depth first; else the split that gains most comes first. */
  readonly maxLeafNodes: number;
  /** A split must lower the impurity by this much, weighted by the node's share of the tree's weight. */
  readonly minImpurityDecrease: number;
  /**
   * Whether every boundary of every node is compared. If not, a node of more than 32 rows compares boundaries at about
   * as many equal steps as it has rows (1,024 at most), and then all those next to the best.
   */
  readonly exact: boolean;
  /** False: everything in TypeScript, as what does not fit into a kernel; the same trees, slower. */
  readonly useKernel?: boolean;
}
