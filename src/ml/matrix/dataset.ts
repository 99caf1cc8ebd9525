import type { FeatureMatrix } from './feature-matrix.js';

export type FeatureType = 'binary' | 'numeric';

/** Labels of n instances. A family refines a label; an instance without a label has no family. */
export interface LabelColumn {
  /** Length n: 1 malicious, 0 benign, -1 no label. */
  readonly label: Int8Array;
  /** Length n: index into `families`, -1 where there is none. */
  readonly family: Int32Array;
  /** Distinct family names, sorted by code unit. A name may occur under both labels. */
  readonly families: readonly string[];
}

/** A grouping of n instances (a campaign, a host): rows of one group must not be split over training and test. */
export interface GroupColumn {
  /** Length n: index into `names`, -1 where the cell is empty. */
  readonly group: Int32Array;
  readonly names: readonly string[];
}

/** A dataset in memory: n instances in the order of idents.csv, d features. */
export interface Dataset {
  readonly project: string;
  readonly name: string;
  /** instance_id of each row, distinct. */
  readonly ids: readonly string[];
  /** Human-readable name of each row; hostile text. */
  readonly idents: readonly string[];
  /** Milliseconds since 1970 UTC, NaN where the cell is empty; absent without a `timestamp` column. */
  readonly timestamps?: Float64Array;
  /** Every further column of idents.csv that can serve to group rows, by its name. */
  readonly groups?: ReadonlyMap<string, GroupColumn>;
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly FeatureType[];
  readonly X: FeatureMatrix;
  /** The labels asked for (--labels): what a model is trained on. Absent when the dataset has none. */
  readonly labels?: LabelColumn;
  /** The dataset's ground truth where it exists besides `labels`: for evaluation only. */
  readonly truth?: LabelColumn;
  /** Hash of what was read (ids, features, labels), hexadecimal: two datasets with one hash give one result. */
  readonly hash: string;
}

/** A dataset whose features are never in memory together; its labels are what its rows are judged by. */
export interface StreamedDataset
  extends Pick<Dataset, 'project' | 'name' | 'ids' | 'idents' | 'featureNames' | 'labels' | 'truth'> {
  /** The features from the first row on, some rows at a time; a matrix is good until the next one is asked for. */
  batches(): AsyncIterable<FeatureMatrix>;
}
