/**
 * A loss of n rows by their margins m (the decision values), with what Newton's method needs of it: `evaluate` returns
 * Σ costᵢ·loss(targetᵢ, mᵢ) and fills both arrays.
 */
export interface MarginLoss {
  /** Length n, the derivative of the sum by each margin. */
  readonly residual: Float64Array;
  /** Length n, the second derivative, >= 0. */
  readonly curvature: Float64Array;
  evaluate(margins: Float64Array): number;
}

/**
 * Makes the loss of a problem.
 * target: length n, 1 for a row of the class, 0 for any other; cost: length n, > 0: the row's weight times C
 */
export type MarginLossOf = (target: Uint8Array, cost: Float64Array) => MarginLoss;
