import type { LinearModel } from '../linear/linear-model.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import type { Explanation } from './explanation.js';

/** No term is larger than this, so that sums stay finite. */
const largestTerm = 1e290;

/**
 * What each feature contributes to decision function `index`: weight · (x − mean) / scale; the base is the intercept,
 * the score of a row of average features. O(rows · d). Throws RangeError for a missing cell.
 * @param sign -1 for the score of the opposite class
 */
export function linearContributions(
  { mean, scale, coefficients, intercepts }: LinearModel,
  index: number,
  X: FeatureMatrix,
  rows: Uint32Array,
  sign: 1 | -1 = 1,
): Explanation[] {
  const d = mean.length;
  if (X.columns !== d) throw new RangeError(`the model has ${d} features, the data ${X.columns}`);
  const weights = coefficients[index];
  const entries = new RowEntries(selectRows(X, rows));
  const cells = new Float64Array(d);
  return Array.from(rows, (row, i) => {
    entries.read(i);
    cells.fill(0);
    for (let e = 0; e < entries.count; e++) cells[entries.columns[e]] = entries.values[e];
    const contributions = new Float64Array(d);
    for (let j = 0; j < d; j++) {
      if (Number.isNaN(cells[j])) {
        throw new RangeError(`row ${row} has a missing value, which a linear model cannot score`);
      }
      if (weights[j] !== 0) contributions[j] = sign * term(cells[j], mean[j], scale[j], weights[j]);
    }
    return { output: 'score', base: sign * intercepts[index], contributions };
  });
}

function term(x: number, mean: number, scale: number, weight: number): number {
  const product = ((x - mean) / scale) * weight;
  if (Number.isFinite(product)) return product;
  // As the model does where a difference overflows.
  return Math.max(-largestTerm, Math.min(largestTerm, (x / scale - mean / scale) * weight));
}
