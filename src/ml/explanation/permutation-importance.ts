import { type FeatureMatrix, sharedFloat64, sharedUint32 } from '../matrix/feature-matrix.js';
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

/** Column j of X, length n. */
function columnOf(X: FeatureMatrix, j: number): Float64Array {
  if (X.kind === 'dense') return Float64Array.from({ length: X.rows }, (_, i) => X.values[i * X.columns + j]);
  const cells = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) if (X.columnIndex[k] === j) cells[i] = X.values[k];
  }
  return cells;
}

/** Rows `rows` of X, copied, with `cells` in column j; in the same representation. */
function withColumn(X: FeatureMatrix, rows: Uint32Array, j: number, cells: Float64Array): FeatureMatrix {
  const { columns } = X;
  if (X.kind === 'dense') {
    const values = sharedFloat64(rows.length * columns);
    rows.forEach((row, k) => {
      values.set(X.values.subarray(row * columns, (row + 1) * columns), k * columns);
      values[k * columns + j] = cells[k];
    });
    return { kind: 'dense', rows: rows.length, columns, values };
  }
  const rowStart = sharedUint32(rows.length + 1);
  const entries: [number, number][] = [];
  rows.forEach((row, k) => {
    let placed = cells[k] === 0;
    for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) {
      const column = X.columnIndex[at];
      if (!placed && column >= j) {
        entries.push([j, cells[k]]);
        placed = true;
      }
      if (column !== j) entries.push([column, X.values[at]]);
    }
    if (!placed) entries.push([j, cells[k]]);
    rowStart[k + 1] = entries.length;
  });
  const columnIndex = sharedUint32(entries.length);
  const values = sharedFloat64(entries.length);
  entries.forEach(([column, value], at) => {
    columnIndex[at] = column;
    values[at] = value;
  });
  return { kind: 'sparse', rows: rows.length, columns, rowStart, columnIndex, values };
}
