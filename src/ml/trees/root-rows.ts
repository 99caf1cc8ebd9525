/** The rows that a tree learns from. */
export interface RootRows {
  /** Of positive weight, by class, ascending within each. */
  readonly rows: Uint32Array;
  /** Sum of the weights. */
  readonly weight: number;
  /** Whether each of these rows has the weight 1. */
  readonly unweighted: boolean;
}

/** Lines up the rows of positive weight by their class. Weights and y: length n. */
export function lineUpRows(weights: Float64Array, y: Uint32Array, classCount: number): RootRows {
  const next = new Uint32Array(classCount + 1);
  let weight = 0;
  let others = 0;
  for (let i = 0; i < y.length; i++) {
    if (weights[i] === 0) continue;
    next[y[i] + 1]++;
    weight += weights[i];
    if (weights[i] !== 1) others++;
  }
  for (let k = 0; k < classCount; k++) next[k + 1] += next[k];
  const rows = new Uint32Array(next[classCount]);
  for (let i = 0; i < y.length; i++) if (weights[i] !== 0) rows[next[y[i]]++] = i;
  return { rows, weight, unweighted: others === 0 };
}
