/** What of which dataset is to be read. */
export interface DatasetRequest {
  readonly inputDir: string;
  readonly project: string;
  readonly dataset: string;
  /** Names of files or folders in `features/`; default features.csv, or the only file. */
  readonly features?: readonly string[];
  /** A file in `labels/` or `annotations/`, `idents.csv`, `set:NAME` or `loop:ID`; default the true labels, if any. */
  readonly labels?: string;
  /** Files with one feature a line; not both. */
  readonly filterIn?: string;
  readonly filterOut?: string;
  /** Number of instances to draw by the seed. */
  readonly sample?: number;
  readonly seed: number;
  /** Read the feature files even if the cache knows them, and compare. */
  readonly verifyInput?: boolean;
  readonly cacheLimitBytes?: number;
  /** A dataset that would take more memory is refused before it is read; absent: whatever the machine can hold. */
  readonly largestBytes?: number;
  /** Folder of parsed features; absent: no cache. */
  readonly cacheDirectory?: string;
  /** A column of idents.csv that must be there, to group rows by. */
  readonly groupColumn?: string;
  /** Count every fault of the files, though only the first are told; else reading stops there. */
  readonly countFaults?: boolean;
}

/** One answer of a label set. */
export interface StoredLabel {
  readonly label: 0 | 1;
  readonly family: string | null;
}

/** The answers of a label set by instance_id, and what was wrong with its log, in plain words. */
export interface StoredLabels {
  readonly labels: ReadonlyMap<string, StoredLabel>;
  readonly warnings: readonly string[];
}

/** Where `set:NAME` and `loop:ID` come from: the answers by instance_id. Throws UserError if there is no such set. */
export type LabelSource = (wanted: {
  readonly project: string;
  readonly dataset: string;
  readonly kind: 'set' | 'loop';
  readonly name: string;
}) => Promise<StoredLabels>;
