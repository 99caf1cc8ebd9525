/** A column of few distinct words: row i says `names[codes[i]]`; -1 stands for an empty cell. */
export interface CodedColumn {
  readonly names: readonly string[];
  readonly codes: Int32Array;
}

/**
 * Row-level results of a classifier: one row for each instance of each part. NaN stands for an undefined number here;
 * it becomes an empty cell in CSV and null in the database.
 */
export interface PredictionTable {
  readonly rows: number;
  readonly instanceId: readonly string[];
  /** Hostile text. */
  readonly ident: readonly string[];
  /** `train`, `test`, `fold.N`, `unlabeled`, `dataset:NAME`. */
  readonly part: CodedColumn;
  /** Fold number, -1 outside cross-validation. */
  readonly fold: Int32Array;
  /** `malicious`, `benign`, -1 for an instance without a label. */
  readonly label: CodedColumn;
  readonly family: CodedColumn;
  /** Probability of being malicious; of the predicted class in a multiclass model. */
  readonly probability: Float64Array;
  /** The model's decision value, larger = more malicious. */
  readonly score: Float64Array;
  /** `malicious` or `benign`; a family in a multiclass model. */
  readonly predicted: CodedColumn;
  /** 1 for the highest value within the part. */
  readonly rank: Uint32Array;
  /** Only where predictions are rejected: how credible the predicted class is, NaN for a row trained on. */
  readonly credibility?: Float64Array;
  /** With `credibility`: `yes`, `no`, -1 for a row trained on. */
  readonly rejected?: CodedColumn;
  /** Only of a projection: the coordinates of the rows in each of its components. */
  readonly coordinates?: readonly Float64Array[];
}
