import type { RandomStream } from '../random/stream.js';
import type { NodeRows } from './node-rows.js';

/** Finds the best boundary of one feature in one node. */
export interface BoundarySearch {
  /** Weighted impurity of both sides at the boundary found last; larger than `bar` where there is none so good. */
  readonly impurity: number;
  /** The occupied cells next to that boundary. */
  readonly cut: number;
  readonly above: number;
  /** The value drawn between them by the random splitter, else NaN. */
  readonly drawn: number;
  /**
   * Searches feature j. Boundaries of an impurity above `bar` are of no interest.
   * Returns false where the feature is constant in the node.
   * @param position where each row of the matrix stands if it is in this tree
   */
  search(j: number, position: Int32Array, node: NodeRows, bar: number, stream: RandomStream): boolean;
}
