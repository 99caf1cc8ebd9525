import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { type CorrelatedPair, correlatedPairs, type CorrelationRequest } from '../statistics/correlation.js';
import type { ColumnSpan } from './describe-features.js';

export interface CorrelateFeaturesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly request: CorrelationRequest;
}

/** Correlated pairs whose first feature is one of some columns. */
export const correlateFeatures = defineTask({
  id: 'correlate-features',
  run({ X, request }: CorrelateFeaturesShared, { from, to }: ColumnSpan): CorrelatedPair[] {
    return correlatedPairs(X, from, to, request);
  },
});
