/**
 * Weights (> 0) of n rows, scaled by a power of two to at most 2 and rounded to multiples of a power of two so small
 * that no weight that counts is touched, and so large that every sum over n draws of rows is exact in double
 * arithmetic. Exact sums do not depend on the order of the rows: a tree is the same for permuted rows, and what is
 * left of a node after taking a part away is exact. The rounding is below n·max(weight)·2^-51; no weight becomes 0.
 */
export function exactWeights(weights: Float64Array): Float64Array {
  let largest = 0;
  for (const weight of weights) if (weight > largest) largest = weight;
  const scale = 2 ** Math.floor(Math.log2(largest));
  const unit = 2 ** (Math.ceil(Math.log2(weights.length)) + 1 - 52);
  return weights.map((weight) => Math.max(unit, Math.round(weight / scale / unit) * unit));
}
