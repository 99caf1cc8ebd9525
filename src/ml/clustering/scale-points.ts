import {
  denseMatrix,
  type FeatureMatrix,
  sharedFloat64,
  sharedUint32,
  toDense,
  toSparse,
} from '../matrix/feature-matrix.js';
import { type ColumnScaling, columnScaling } from '../preprocessing/standardisation.js';
import { standardisedCell } from '../preprocessing/centred-cell.js';

/** Rows on the scale on which their distances are taken. */
export interface ScaledPoints {
  /** n×kept.length, on shared memory. */
  readonly X: FeatureMatrix;
  /** The column that each column of X stands for, increasing: all that are not constant. */
  readonly kept: Uint32Array;
  /** Length kept.length: a cell of X is (original − shift) / scale. */
  readonly shift: Float64Array;
  readonly scale: Float64Array;
  /** Of all d columns. */
  readonly scaling: ColumnScaling;
}

/** Below this share of cells that are not 0, products of sparse rows are cheaper than dense ones. */
const sparseBelow = 0.35;

/**
 * Divides each column of X (n×d, no missing values) by its standard deviation and drops constant ones. Distances do not
 * change when a column is shifted, so one that is mostly 0 keeps its zeros and the others are centred: with a zero among
 * n rows |mean| / deviation is at most √n, and no digit of a distance is lost. Dense or sparse is chosen by the share of
 * cells that are not 0, not by how X came: the same cells give the same bytes.
 * Directions do change when a column is shifted: with `centred` false none is. O(n·d), sparse O(its entries).
 */
export function scalePoints(X: FeatureMatrix, centred = true): ScaledPoints {
  const filled = filledCells(X);
  // Sums of a sparse matrix round differently: the same representation first.
  const few = filled.reduce((sum, count) => sum + count, 0) < sparseBelow * X.rows * X.columns;
  const scaling = columnScaling(few ? toSparse(X) : toDense(X));
  const kept = Uint32Array.from(scaling.constant.keys()).filter((j) => !scaling.constant[j]);
  const shift = Float64Array.from(kept, (j) => (centred && 2 * filled[j] > X.rows ? scaling.mean[j] : 0));
  const scale = Float64Array.from(kept, (j) => scaling.scale[j]);
  const cells = kept.reduce((sum, j, to) => sum + (shift[to] === 0 ? filled[j] : X.rows), 0);
  const sparse = cells < sparseBelow * X.rows * kept.length;
  return {
    X: sparse ? scaleSparse(X, { kept, shift, scale }) : scaleDense(X, { kept, shift, scale }),
    kept,
    shift,
    scale,
    scaling,
  };
}

function filledCells(X: FeatureMatrix): Uint32Array {
  const filled = new Uint32Array(X.columns);
  if (X.kind === 'dense') {
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < X.columns; j++, at++) if (X.values[at] !== 0) filled[j]++;
    }
  } else {
    for (let at = 0; at < X.values.length; at++) if (X.values[at] !== 0) filled[X.columnIndex[at]]++;
  }
  return filled;
}

type Scale = Pick<ScaledPoints, 'kept' | 'shift' | 'scale'>;

function scaleDense(X: FeatureMatrix, { kept, shift, scale }: Scale): FeatureMatrix {
  const { values, columns, rows } = toDense(X);
  const scaled = denseMatrix(rows, kept.length);
  for (let i = 0, to = 0; i < rows; i++) {
    for (let k = 0, from = i * columns; k < kept.length; k++, to++) {
      scaled.values[to] = standardisedCell(values[from + kept[k]], shift[k], scale[k]);
    }
  }
  return scaled;
}

function scaleSparse(X: FeatureMatrix, scaling: Scale): FeatureMatrix {
  const sparse = toSparse(X);
  const { kept, shift } = scaling;
  const place = new Int32Array(sparse.columns).fill(-1);
  kept.forEach((j, k) => (place[j] = k));
  // A centred column has cells everywhere.
  const centred = Array.from(kept.keys()).filter((k) => shift[k] !== 0);
  const starts = sharedUint32(sparse.rows + 1);
  const most = sparse.values.length + centred.length * sparse.rows;
  const index = new Uint32Array(most);
  const cells = new Float64Array(most);
  let to = 0;
  const put = (k: number, x: number) => {
    const cell = standardisedCell(x, shift[k], scaling.scale[k]);
    if (cell === 0) return;
    index[to] = k;
    cells[to++] = cell;
  };
  for (let i = 0; i < sparse.rows; i++) {
    let next = 0;
    for (let at = sparse.rowStart[i]; at < sparse.rowStart[i + 1]; at++) {
      const k = place[sparse.columnIndex[at]];
      if (k < 0) continue;
      // Centred columns without an entry here.
      for (; centred[next] < k; next++) put(centred[next], 0);
      if (centred[next] === k) next++;
      put(k, sparse.values[at]);
    }
    for (; next < centred.length; next++) put(centred[next], 0);
    starts[i + 1] = to;
  }
  const columnOf = sharedUint32(to);
  const scaled = sharedFloat64(to);
  columnOf.set(index.subarray(0, to));
  scaled.set(cells.subarray(0, to));
  return {
    kind: 'sparse',
    rows: sparse.rows,
    columns: kept.length,
    rowStart: starts,
    columnIndex: columnOf,
    values: scaled,
  };
}
