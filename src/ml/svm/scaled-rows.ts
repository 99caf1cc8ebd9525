import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { shiftedCell } from '../preprocessing/centred-cell.js';

/** How a cell x of d columns is seen: (x − shift)·unit is what is kept, and 0 for most cells of most columns. */
export interface CellScaling {
  readonly shift: Float64Array;
  /** 0 for a column that is not seen. */
  readonly unit: Float64Array;
  /** What is still to be taken off for a mean of 0: the standardised cell is (x − shift)·unit − centre. */
  readonly centre: Float64Array;
}

/** Rows as kernels take them. */
export interface ScaledRows {
  /** n×d, the cells (x − shift)·unit that are not 0. */
  readonly cells: SparseMatrix;
  /** Length n: ‖row‖² of those cells. */
  readonly norm: Float64Array;
  /** Length n: row u and row v have the inner product Σ cells + centring(u) + centring(v) of standardised cells. */
  readonly centring: Float64Array;
}

/** A cell farther off counts as this far: no power of a product may be more than a double holds. */
const farthest = 1e14;

/**
 * Standardises the columns of X without filling it: a column is shifted by the value that more than half of its cells
 * have, if there is one, so that those become 0; by its mean otherwise. Distances are the same either way, and inner
 * products are mended by `centring`. Throws RangeError for a missing or infinite cell. O(stored cells).
 * @param weights length n, > 0
 * @param standardise false: inner products are those of the cells as they are, but for constant columns, left out
 */
export function cellScaling(X: FeatureMatrix, weights: Float64Array, standardise: boolean): CellScaling {
  const { mean, scale, constant } = columnScaling(X, weights);
  const common = commonValues(X);
  const unit = scale.map((width, j) => (constant[j] === 1 ? 0 : standardise ? 1 / width : 1));
  const shift = mean.map((middle, j) => (Number.isNaN(common[j]) ? middle : common[j]));
  const centre = mean.map((middle, j) => ((standardise ? middle : 0) - shift[j]) * unit[j]);
  return { shift, unit, centre };
}

/** The value that more than half of the cells of each column have; NaN where there is none. */
function commonValues(X: FeatureMatrix): Float64Array {
  const common = new Float64Array(X.columns).fill(Number.NaN);
  const filled = new Uint32Array(X.columns);
  const entries = new RowEntries(X);
  // By majority vote (Boyer and Moore): the only value that can have more than half is left over, and is then counted.
  const candidate = new Float64Array(X.columns);
  const lead = new Int32Array(X.columns);
  for (let i = 0; i < X.rows; i++) {
    entries.read(i);
    for (let e = 0; e < entries.count; e++) {
      const j = entries.columns[e];
      filled[j]++;
      if (lead[j] === 0) candidate[j] = entries.values[e];
      lead[j] += entries.values[e] === candidate[j] ? 1 : -1;
    }
  }
  const equal = new Uint32Array(X.columns);
  for (let i = 0; i < X.rows; i++) {
    entries.read(i);
    for (let e = 0; e < entries.count; e++) {
      if (entries.values[e] === candidate[entries.columns[e]]) equal[entries.columns[e]]++;
    }
  }
  for (let j = 0; j < X.columns; j++) {
    if (2 * (X.rows - filled[j]) > X.rows) common[j] = 0;
    else if (2 * equal[j] > X.rows) common[j] = candidate[j];
  }
  return common;
}

/** The rows of X under a scaling. Throws RangeError for missing cells. O(stored cells + shifted zeros). */
export function scaledRows(X: FeatureMatrix, scaling: CellScaling): ScaledRows {
  const { shift, unit, centre } = scaling;
  if (X.columns !== shift.length) throw new RangeError(`the model has ${shift.length} features, the data ${X.columns}`);
  const entries = new RowEntries(X);
  // Columns whose cells without an entry are not 0.
  const moved = Uint32Array.from(shift.keys()).filter((j) => shift[j] !== 0 && unit[j] !== 0);
  let columnIndex = new Uint32Array(1024);
  let values = new Float64Array(columnIndex.length);
  const rowStart = new Uint32Array(X.rows + 1);
  const norm = new Float64Array(X.rows);
  const centring = new Float64Array(X.rows);
  const halfSquare = centre.reduce((sum, c) => sum + c * c, 0) / 2;
  let count = 0;
  const add = (i: number, j: number, x: number): void => {
    const value = Math.max(-farthest, Math.min(farthest, shiftedCell(x, shift[j], unit[j])));
    if (value === 0) return;
    columnIndex[count] = j;
    values[count++] = value;
    norm[i] += value * value;
    centring[i] -= centre[j] * value;
  };
  for (let i = 0; i < X.rows; i++) {
    entries.read(i);
    if (count + X.columns > values.length) {
      const room = Math.max(2 * values.length, count + X.columns);
      columnIndex = grown(columnIndex, room, Uint32Array);
      values = grown(values, room, Float64Array);
    }
    let m = 0;
    for (let e = 0; e < entries.count; e++) {
      const j = entries.columns[e];
      const x = entries.values[e];
      if (!Number.isFinite(x)) throw new RangeError(`column ${j} holds a missing or infinite value`);
      while (m < moved.length && moved[m] < j) add(i, moved[m++], 0);
      if (m < moved.length && moved[m] === j) m++;
      add(i, j, x);
    }
    while (m < moved.length) add(i, moved[m++], 0);
    centring[i] += halfSquare;
    rowStart[i + 1] = count;
  }
  const cells: SparseMatrix = {
    kind: 'sparse',
    rows: X.rows,
    columns: X.columns,
    rowStart,
    columnIndex: columnIndex.subarray(0, count),
    values: values.subarray(0, count),
  };
  return { cells, norm, centring };
}

function grown<T extends Uint32Array | Float64Array>(old: T, room: number, Type: new (length: number) => T): T {
  const larger = new Type(room);
  larger.set(old as never);
  return larger;
}
