/** How a model came to its value for one row: base + the sum of the contributions is what `predict` says. */
export interface Explanation {
  /** What is explained: the decision value (score), or the probability of the class. */
  readonly output: 'score' | 'probability';
  /** The value of a row of which nothing is known. */
  readonly base: number;
  /** Length d: what each feature adds, larger = more for the class asked about. Finite. */
  readonly contributions: Float64Array;
}
