declare module 'ml-naivebayes' {
  /** The part of version 4.0 that is used here; the package has no types. */
  export class MultinomialNB {
    /** Classes are numbered 0, 1, … without a gap. */
    train(X: readonly (readonly number[])[], y: readonly number[]): void;
    /** k×1: ln of the share of each class. */
    readonly priorProbability: { to1DArray(): number[] };
    /** k×d: ln of the share of each feature. */
    readonly conditionalProbability: { getRow(row: number): number[] };
  }
}
