/** How much each training row counts. */
export type SampleWeighting = 'none' | 'balanced' | 'family';

/** No family counts more than this many times a row of the largest possible one, however rare it is. */
const familyWeightCap = 100;

/**
 * Weights of n training rows, or undefined for 'none'.
 * - 'balanced': n / (k · rows of the class), so that all k classes count alike (scikit-learn's class_weight).
 * - 'family': 1 / (share of the row's family), capped at 100, so that rare families count.
 * @param y length n: class of each row
 * @param family length n: family of each row, any integers
 */
export function sampleWeights(
  weighting: SampleWeighting,
  y: Uint32Array,
  family: Int32Array,
): Float64Array | undefined {
  if (weighting === 'none') return undefined;
  const groups = weighting === 'balanced' ? y : family;
  const counts = new Map<number, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const n = groups.length;
  const weight = (group: number): number => {
    const inverseShare = n / (counts.get(group) ?? 1);
    return weighting === 'balanced' ? inverseShare / counts.size : Math.min(familyWeightCap, inverseShare);
  };
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) weights[i] = weight(groups[i]);
  return weights;
}
