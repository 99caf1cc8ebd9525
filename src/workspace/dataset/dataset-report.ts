import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';

/** What was read, for people and for the `run` half of a result. */
export interface DatasetReport {
  readonly files: readonly InputFile[];
  readonly rows: number;
  readonly columns: number;
  /** Instances in the files, where a sample of them was drawn. */
  readonly sampledFrom?: number;
  readonly missingCells: number;
  /** Columns with missing cells only. */
  readonly missingByColumn: readonly { readonly feature: string; readonly count: number }[];
  /** Share of cells that are not 0. */
  readonly density: number;
  readonly representation: 'dense' | 'sparse';
  /** The feature files were not read: the cache knew them. */
  readonly cacheHit: boolean;
  readonly labels?: LabelCounts;
  /** Counts of the ground truth, where it exists besides the labels. */
  readonly truth?: LabelCounts;
  /** ISO 8601, UTC; null where no instance has one. */
  readonly timestamps?: { readonly first: string | null; readonly last: string | null; readonly missing: number };
  readonly groupColumns: readonly string[];
  /** Plain sentences that a reader of the result should know. */
  readonly notes: readonly string[];
  /** What happened to the cache in this run: nothing of it is a property of the data. */
  readonly cacheNotes: readonly string[];
}

export interface InputFile {
  readonly role: 'idents' | 'features' | 'description' | 'labels' | 'truth' | 'filter';
  readonly path: string;
  readonly bytes: number;
}

export interface LabelCounts {
  /** The file or set they come from. */
  readonly source: string;
  readonly malicious: number;
  readonly benign: number;
  readonly unlabelled: number;
  /** Numbers of families. */
  readonly families: { readonly malicious: number; readonly benign: number };
}

/** Counts a column of labels. */
export function countLabels({ label, family }: LabelColumn, source: string): LabelCounts {
  const counts = [0, 0, 0];
  const families = [new Set<number>(), new Set<number>()];
  label.forEach((value, row) => {
    counts[value < 0 ? 2 : value]++;
    if (value >= 0 && family[row] >= 0) families[value].add(family[row]);
  });
  const [benign, malicious, unlabelled] = counts;
  return { source, malicious, benign, unlabelled, families: { malicious: families[1].size, benign: families[0].size } };
}

/** First and last timestamp of a dataset that has them. */
export function timestampRange({ timestamps }: Dataset): DatasetReport['timestamps'] {
  if (!timestamps) return undefined;
  let first = Infinity;
  let last = -Infinity;
  let missing = 0;
  for (const time of timestamps) {
    if (Number.isNaN(time)) missing++;
    else {
      if (time < first) first = time;
      if (time > last) last = time;
    }
  }
  const iso = (time: number): string | null => (Number.isFinite(time) ? new Date(time).toISOString() : null);
  return { first: iso(first), last: iso(last), missing };
}
