/** Every alert of every part that was not trained on, one row each; parts one after the other, the highest alert first. */
export interface AlertTable {
  readonly rows: readonly AlertTableRow[];
  /** Which columns of groups there are. */
  readonly clusters: boolean;
  readonly families: boolean;
}

export interface AlertTableRow {
  readonly instanceId: string;
  /** Hostile text. */
  readonly ident: string;
  readonly part: string;
  /** -1 outside cross-validation. */
  readonly fold: number;
  readonly label: 'malicious' | 'benign' | null;
  readonly family: string | null;
  /** NaN where there is none. */
  readonly probability: number;
  readonly score: number;
  /** 1 for the highest alert of the part; of folds, of all together. */
  readonly rank: number;
  readonly cluster: string | null;
  readonly predictedFamily: string | null;
  readonly familyProbability: number;
}
