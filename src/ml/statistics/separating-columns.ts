import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/** A column whose values of one label all lie below those of the other. */
export interface SeparatingColumn {
  readonly column: number;
  /** The label (1 or 0) of the lower values. */
  readonly lower: 0 | 1;
  /** The greatest of the lower values, the least of the higher. */
  readonly between: readonly [number, number];
}

/**
 * The columns of an n×d matrix that tell the two labels apart by themselves, without an error; ascending. Missing cells
 * count for neither side; a column that has none of a label is left out. One pass, O(stored cells + d).
 *
 * @param label length n: 1, 0, or -1 for rows that do not count
 */
export function separatingColumns(X: FeatureMatrix, label: Int8Array): SeparatingColumn[] {
  const d = X.columns;
  const least = [new Float64Array(d).fill(Infinity), new Float64Array(d).fill(Infinity)];
  const most = [new Float64Array(d).fill(-Infinity), new Float64Array(d).fill(-Infinity)];
  const stored = [new Uint32Array(d), new Uint32Array(d)];
  const rows = [0, 0];
  const entries = new RowEntries(X);
  const { columns, values } = entries;
  for (let i = 0; i < X.rows; i++) {
    const side = label[i];
    if (side !== 0 && side !== 1) continue;
    rows[side]++;
    entries.read(i);
    for (let k = 0; k < entries.count; k++) {
      const j = columns[k];
      stored[side][j]++;
      if (values[k] < least[side][j]) least[side][j] = values[k];
      if (values[k] > most[side][j]) most[side][j] = values[k];
    }
  }
  const found: SeparatingColumn[] = [];
  for (let j = 0; j < d; j++) {
    // A row that stores nothing has a 0 there.
    for (const side of [0, 1]) {
      if (stored[side][j] === rows[side]) continue;
      least[side][j] = Math.min(least[side][j], 0);
      most[side][j] = Math.max(most[side][j], 0);
    }
    for (const lower of [0, 1] as const) {
      const [end, start] = [most[lower][j], least[1 - lower][j]];
      if (end < start && end > -Infinity && start < Infinity) found.push({ column: j, lower, between: [end, start] });
    }
  }
  return found;
}
