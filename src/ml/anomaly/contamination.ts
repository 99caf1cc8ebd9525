import { defineParams } from '../params.js';

/** The parameter of detectors that says where unusual begins. */
export const contaminationParams = defineParams({
  contamination: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 0,
    max: 0.5,
    help: "share of the training rows to be called malicious; auto: the detector's own threshold",
  },
});

/**
 * The score above which a row is called malicious: of the training rows the share `contamination` lies above it (as
 * scikit-learn: quantile with linear interpolation). O(n log n).
 */
export function scoreThreshold(trainingScores: Float64Array, contamination: number): number {
  const sorted = trainingScores.slice().sort();
  const place = (1 - contamination) * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
