/** Rows to train on and rows to judge on, ascending and disjoint; other rows take no part. */
export interface Round {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** What a round does with a row; 0 for a row that takes no part. */
export const trainSide = 1;
export const testSide = 2;

/** Each of k folds judged once, by what is in the others. `folds`: length n, 0 … k-1. */
export function roundsOfFolds(folds: Int32Array, k: number): Round[] {
  const rows = Uint32Array.from(folds.keys());
  return Array.from({ length: k }, (_, fold) => ({
    train: rows.filter((row) => folds[row] !== fold),
    test: rows.filter((row) => folds[row] === fold),
  }));
}

/** rounds×n, row-major: on which side each of n rows stands in each round. One block, to be shared with workers. */
export function roundSides(rounds: readonly Round[], n: number): Uint8Array {
  const sides = new Uint8Array(rounds.length * n);
  rounds.forEach(({ train, test }, round) => {
    for (const row of train) sides[round * n + row] = trainSide;
    for (const row of test) sides[round * n + row] = testSide;
  });
  return sides;
}
