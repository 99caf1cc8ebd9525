/** A node's rows stand at positions start … end - 1 of the tree's rows, sorted by class. */
export interface NodeRows {
  readonly start: number;
  /** Rows of the second class of the node begin here. */
  readonly middle: number;
  readonly end: number;
  readonly count: number;
  /** Row of the matrix at each position. */
  readonly rows: Uint32Array;
  /** Weight at position start + i. */
  readonly weights: Float64Array;
  /** Whether each weight is 1. */
  readonly unweighted: boolean;
  /** Sum of the weights. */
  readonly weight: number;
  /** Class at position start + i, among the classes of the node: 0 … classCount - 1. Not filled for TwoClassSearch. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /** Weight of each class in the node. */
  readonly classWeight: Float64Array;
}
