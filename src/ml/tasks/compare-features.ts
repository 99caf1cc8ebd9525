import { defineTask } from '../fit-context.js';
import { type FeatureDrift, featureDrift } from '../statistics/drift.js';
import { type GroupedColumns, readColumns } from '../statistics/grouped-columns.js';

export interface CompareFeaturesShared extends Record<string, unknown> {
  readonly reference: GroupedColumns;
  readonly other: GroupedColumns;
}

/** One feature: its column in each of the two. */
export interface SharedFeature {
  readonly inReference: number;
  readonly inOther: number;
}

/** How some features differ between two datasets, of each of which all rows are one group. */
export const compareFeatures = defineTask({
  id: 'compare-features',
  run({ reference, other }: CompareFeaturesShared, features: readonly SharedFeature[]): FeatureDrift[] {
    return features.map(({ inReference, inOther }) => {
      const [[a]] = readColumns(reference, inReference, inReference + 1);
      const [[b]] = readColumns(other, inOther, inOther + 1);
      return featureDrift(a, b, [reference.sizes[0] - a.total, other.sizes[0] - b.total]);
    });
  },
});
