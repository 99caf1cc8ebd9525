import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { columnOf, withColumn } from '../matrix/replace-column.js';
import { rocAuc } from '../metrics/roc.js';
import { scoreCurve } from '../metrics/score-curve.js';

/** What shuffling one feature costs: one number for each permutation, the area under the ROC curve that is lost. */
export type Drops = Float64Array;

/** The value that decides of each of n rows, larger = more malicious. A row's value must not depend on the others. */
export type ValueOf = (X: FeatureMatrix) => Float64Array;

/**
 * Permutation importance of feature `feature` (Breiman 2001, for any model and held out rows): by how much the area
 * under the ROC curve falls when the feature's cells are shuffled among the rows, for each permutation. Row i gets the
 * cell of row `permutation[i]`. The definition of scikit-learn's `permutation_importance` with `scoring='roc_auc'`,
 * save that only rows whose cell changes are predicted anew: a constant feature costs nothing and has exactly 0, and
 * with sparse data so cost most rows.
 * @param X n×d
 * @param base length n: `valueOf(X)`
 * @param positive length n: not 0 = malicious; both classes must have rows
 */
export function permutationDrops(
  X: FeatureMatrix,
  feature: number,
  permutations: Iterable<Uint32Array>,
  base: Float64Array,
  positive: Uint8Array,
  valueOf: ValueOf,
): Drops {
  const cells = columnOf(X, feature);
  const before = areaUnderRoc(base, positive);
  const drops: number[] = [];
  for (const permutation of permutations) {
    const changed = permutation.map((_, i) => i).filter((i) => !Object.is(cells[permutation[i]] + 0, cells[i] + 0));
    if (changed.length === 0) {
      drops.push(0);
      continue;
    }
    const replaced = withColumn(
      X,
      changed,
      feature,
      Float64Array.from(changed, (i) => cells[permutation[i]]),
    );
    const renewed = valueOf(replaced);
    const values = base.slice();
    changed.forEach((row, k) => {
      values[row] = renewed[k];
    });
    drops.push(before - areaUnderRoc(values, positive));
  }
  return Float64Array.from(drops);
}

function areaUnderRoc(values: Float64Array, positive: Uint8Array): number {
  const area = rocAuc(scoreCurve(values, positive));
  if (area === null) throw new RangeError('an importance by shuffling needs rows of both classes');
  return area;
}
