import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';

/** Some rows of a matrix by column, with the columns only in which any of these rows has a cell other than 0. */
export interface SampleColumns {
  /** Features, ascending. */
  readonly features: Uint32Array;
  /** The entries of the k-th feature are start[k] … start[k + 1] - 1. */
  readonly start: Uint32Array;
  /** Place in the sample of each entry's row. */
  readonly place: Uint32Array;
  readonly values: Float64Array;
}

/** Reads rows of one matrix into columns, with work arrays that serve every sample. */
export class ColumnGatherer {
  private readonly entries: RowEntries;
  /** Entries of each column, later where its next entry goes. */
  private readonly counts: Uint32Array;

  constructor(X: FeatureMatrix) {
    this.entries = new RowEntries(X);
    this.counts = new Uint32Array(X.columns);
  }

  /** O(d + entries of the rows); only columns with `allowed[j] = 1` where that is given. */
  gather(rows: Uint32Array, allowed?: Uint8Array): SampleColumns {
    const { entries, counts } = this;
    counts.fill(0);
    for (const row of rows) {
      entries.read(row);
      for (let e = 0; e < entries.count; e++) counts[entries.columns[e]]++;
    }
    if (allowed) for (let j = 0; j < counts.length; j++) if (allowed[j] === 0) counts[j] = 0;
    const features = Uint32Array.from(counts.keys()).filter((j) => counts[j] > 0);
    const start = new Uint32Array(features.length + 1);
    features.forEach((j, k) => {
      start[k + 1] = start[k] + counts[j];
      counts[j] = start[k];
    });
    const total = start[features.length];
    const place = new Uint32Array(total);
    const values = new Float64Array(total);
    rows.forEach((row, i) => {
      entries.read(row);
      for (let e = 0; e < entries.count; e++) {
        const j = entries.columns[e];
        if (allowed && allowed[j] === 0) continue;
        const at = counts[j]++;
        place[at] = i;
        values[at] = entries.values[e];
      }
    });
    return { features, start, place, values };
  }
}
