import { denseDesign } from '../kernels/dense-design.js';
import type { DesignMatrix } from '../kernels/design-matrix.js';
import { sparseDesign } from '../kernels/sparse-design.js';
import {
  type DenseMatrix,
  type FeatureMatrix,
  type SparseMatrix,
  toDense,
  toSparse,
} from '../matrix/feature-matrix.js';
import { type ColumnScaling, columnScaling } from './standardisation.js';
import { standardisedCell } from './centred-cell.js';

/** A training matrix made ready for a linear model. */
export interface StandardisedDesign {
  readonly design: DesignMatrix;
  readonly scaling: ColumnScaling;
  /** The column of X that each column of the design stands for, increasing: all that are not constant. */
  readonly kept: Uint32Array;
}

/** Below this share of non-zero cells, sparse products are cheaper than dense ones. */
const sparseBelow = 0.35;

/**
 * Standardises X (n×d, no missing values) and drops its constant columns. The representation is chosen by the share
 * of non-zero cells, not by how X came, so that a dense and a sparse X of the same cells give the same bytes.
 * Sparse data stays sparse: cells are divided by the scale, the mean becomes an implicit shift. One copy of the stored
 * cells.
 * @param standardise false: the cells as they are
 */
export function standardisedDesign(X: FeatureMatrix, weights?: Float64Array, standardise = true): StandardisedDesign {
  const sparse = nonZeroCells(X) < sparseBelow * X.rows * X.columns;
  const matrix = sparse ? toSparse(X) : toDense(X);
  const scaling = columnScaling(matrix, weights, standardise);
  const kept = Uint32Array.from(scaling.constant.keys()).filter((j) => !scaling.constant[j]);
  const design = matrix.kind === 'dense' ? scaleDense(matrix, scaling, kept) : scaleSparse(matrix, scaling, kept);
  return { design, scaling, kept };
}

function nonZeroCells(X: FeatureMatrix): number {
  const { values } = X;
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) count++;
  return count;
}

function scaleDense(X: DenseMatrix, scaling: ColumnScaling, kept: Uint32Array): DesignMatrix {
  const d = kept.length;
  const mean = Float64Array.from(kept, (j) => scaling.mean[j]);
  const scale = Float64Array.from(kept, (j) => scaling.scale[j]);
  const values = new Float64Array(X.rows * d);
  for (let i = 0, to = 0; i < X.rows; i++) {
    for (let k = 0, from = i * X.columns; k < d; k++, to++) {
      values[to] = standardisedCell(X.values[from + kept[k]], mean[k], scale[k]);
    }
  }
  return denseDesign(X.rows, d, values);
}

function scaleSparse(X: SparseMatrix, scaling: ColumnScaling, kept: Uint32Array): DesignMatrix {
  const d = kept.length;
  const position = new Int32Array(X.columns).fill(-1);
  kept.forEach((j, k) => {
    position[j] = k;
  });
  const present = new Uint32Array(X.columns);
  let entries = 0;
  for (let at = 0; at < X.values.length; at++) {
    const j = X.columnIndex[at];
    if (X.values[at] === 0 || position[j] < 0) continue;
    present[j]++;
    entries++;
  }
  // A column without zeros is centred cell by cell: its mean may be huge beside its scale, and the algebra of the
  // shift would lose its digits. With a zero among n rows, |mean| / scale is at most √n.
  const centre = scaling.mean.map((mean, j) => (present[j] === X.rows ? mean : 0));
  const shift = Float64Array.from(kept, (j) => (scaling.mean[j] - centre[j]) / scaling.scale[j]);
  const rowStart = new Uint32Array(X.rows + 1);
  const columnIndex = new Uint32Array(entries);
  const values = new Float64Array(entries);
  let to = 0;
  for (let i = 0; i < X.rows; i++) {
    for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) {
      const j = X.columnIndex[at];
      if (X.values[at] === 0 || position[j] < 0) continue;
      columnIndex[to] = position[j];
      values[to++] = standardisedCell(X.values[at], centre[j], scaling.scale[j]);
    }
    rowStart[i + 1] = to;
  }
  return sparseDesign({ rows: X.rows, columns: d, rowStart, columnIndex, values, shift });
}
