/** What a model says of one instance of which nothing else is known. */
export interface PredictedRow {
  readonly instanceId: string;
  /** Hostile text; empty where the instance has none. */
  readonly ident: string;
  /** Probability of being malicious; NaN of a model without. */
  readonly probability: number;
  /** Decision value, larger = more malicious; NaN of a model that has probabilities only. */
  readonly score: number;
  /** `malicious` or `benign`; a family of a multiclass model. */
  readonly predicted: string;
  /** 1 for the highest; null where the others are not known yet. */
  readonly rank: number | null;
}
