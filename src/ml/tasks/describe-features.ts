import { defineTask } from '../fit-context.js';
import { type ColumnDescription, describeColumn, type DescriptionRequest } from '../statistics/describe-column.js';
import { type GroupedColumns, readColumns } from '../statistics/grouped-columns.js';

export interface DescribeFeaturesShared extends Record<string, unknown> {
  readonly source: GroupedColumns;
  /** The rows that mutual information is estimated on, where these are not all. */
  readonly sample: GroupedColumns | null;
  /** Length d: 1 for a feature whose mutual information is that of its counts. */
  readonly discrete: Uint8Array;
  readonly request: DescriptionRequest;
}

/** Columns from … to - 1. */
export interface ColumnSpan {
  readonly from: number;
  readonly to: number;
}

/** Describes some columns. */
export const describeFeatures = defineTask({
  id: 'describe-features',
  run({ source, sample, discrete, request }: DescribeFeaturesShared, { from, to }: ColumnSpan): ColumnDescription[] {
    const sampled = sample ? readColumns(sample, from, to) : null;
    return readColumns(source, from, to).map((groups, k) =>
      describeColumn(groups, from + k, discrete[from + k] === 1, request, sampled?.[k] ?? null),
    );
  },
});
