import { type NearDuplicates, nearDuplicates } from '../active-learning/near-duplicates.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface NearDuplicatesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly ids: readonly string[];
}

/** Groups the rows that are nearly the same: one item, all of them. */
export const findNearDuplicates = defineTask({
  id: 'find-near-duplicates',
  run: ({ X, ids }: NearDuplicatesShared): NearDuplicates => nearDuplicates(X, ids),
});
