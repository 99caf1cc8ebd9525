import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/**
 * Some distinct rows of X (n×d, no missing cells) in an order of their own, by their cells: what is made of them then
 * does not hang on the order of the file. O(rows · log rows · cells that agree).
 */
export function orderedRows(X: FeatureMatrix, rows: Uint32Array): Uint32Array {
  const [mine, theirs] = [new RowEntries(X), new RowEntries(X)];
  return rows.slice().sort((a, b) => {
    mine.read(a);
    theirs.read(b);
    return compareEntries(mine, theirs);
  });
}

/** By the first cell that differs, as numbers are ordered. */
function compareEntries(a: RowEntries, b: RowEntries): number {
  const shorter = Math.min(a.count, b.count);
  for (let e = 0; e < shorter; e++) {
    // Who has no such column has a 0 there.
    if (a.columns[e] < b.columns[e]) return a.values[e];
    if (a.columns[e] > b.columns[e]) return -b.values[e];
    if (a.values[e] !== b.values[e]) return a.values[e] < b.values[e] ? -1 : 1;
  }
  if (a.count > shorter) return a.values[shorter];
  return b.count > shorter ? -b.values[shorter] : 0;
}
