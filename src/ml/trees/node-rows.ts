/** A node's rows stand at positions start … start + count - 1 of the tree's rows. */
export interface NodeRows {
  readonly start: number;
  readonly count: number;
  /** Row of the matrix at each position. */
  readonly rows: Uint32Array;
  /** Weight at position start + i. */
  readonly weights: Float64Array;
  /** Class at position start + i, among the classes of the node: 0 … classCount - 1. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /** Weight of each class in the node. */
  readonly classWeight: Float64Array;
}
