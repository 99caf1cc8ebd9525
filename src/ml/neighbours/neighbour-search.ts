import { type FeatureMatrix, toDense } from '../matrix/feature-matrix.js';
import type { RowEntries } from '../matrix/row-entries.js';
import { BallIndex } from './ball-index.js';
import { InvertedIndex } from './inverted-index.js';
import type { NeighbourList } from './neighbour-list.js';
import { shiftedCell } from '../preprocessing/centred-cell.js';

/** Points to search among, and the scale on which their distances are taken. */
export interface NeighbourPoints {
  readonly k: number;
  /** Distinct rows, as `searchable` gives them. */
  readonly points: FeatureMatrix;
  /** Rows that each point stands for. */
  readonly multiplicity: Uint32Array;
  /** Length d: a cell x is seen as (x − mean) · unit; a column of unit 0 is not seen. */
  readonly mean: Float64Array;
  readonly unit: Float64Array;
}

/** A function that offers `list` the neighbours of a row, by whichever search suits the points. */
export function neighbourSearch(
  { points, mean, unit, k, multiplicity }: NeighbourPoints,
  list: NeighbourList,
): (entries: RowEntries) => void {
  if (points.kind === 'sparse') {
    // Distances do not change when the mean is left out, and zeros stay zeros.
    const scaled = { ...points, values: points.values.map((value, at) => value * unit[points.columnIndex[at]]) };
    const index = new InvertedIndex(scaled, k, multiplicity);
    const values = new Float64Array(points.columns);
    return ({ columns, values: cells, count }) => {
      for (let e = 0; e < count; e++) values[e] = cells[e] * unit[columns[e]];
      index.search(columns, values, count, list);
    };
  }
  // A column that is mostly 0 is not centred, so that its zeros stay; distances are the same either way.
  const d = points.columns;
  const filled = new Uint32Array(d);
  points.values.forEach((value, at) => {
    if (value !== 0) filled[at % d]++;
  });
  const shift = mean.map((middle, j) => (2 * filled[j] > points.rows ? middle : 0));
  const scaled = points.values.map((value, at) => shiftedCell(value, shift[at % d], unit[at % d]));
  const index = new BallIndex(scaled, d, k, multiplicity);
  const row = new Float64Array(d);
  const columns = new Uint32Array(d);
  const cells = new Float64Array(d);
  return (entries) => {
    row.fill(0);
    for (let e = 0; e < entries.count; e++) row[entries.columns[e]] = entries.values[e];
    let count = 0;
    for (let j = 0; j < d; j++) {
      const x = shiftedCell(row[j], shift[j], unit[j]);
      if (x === 0) continue;
      columns[count] = j;
      cells[count++] = x;
    }
    index.search(columns, cells, count, list);
  };
}

/** Up to this many columns balls of dense points leave out more work than zeros would save. */
const columnsOfBalls = 256;

/** The rows as they are searched best: dense in balls, or sparse in an inverted index. */
export function searchable(X: FeatureMatrix): FeatureMatrix {
  if (X.kind === 'dense') return X;
  return X.columns <= columnsOfBalls || X.rows * X.columns < 4 * X.values.length ? toDense(X) : X;
}
