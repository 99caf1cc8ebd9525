import type { CentredRows } from './centred-rows.js';

/** Coordinates of the rows on k axes (k×d): n×k, row-major. O(k · stored cells). */
export function linearCoordinates(rows: CentredRows, axes: Float64Array): Float64Array {
  const { rows: n, columns: d } = rows.X;
  const k = axes.length / d;
  const coordinates = new Float64Array(n * k);
  const along = new Float64Array(n);
  for (let c = 0; c < k; c++) {
    rows.multiply(axes.subarray(c * d, (c + 1) * d), along);
    for (let i = 0; i < n; i++) coordinates[i * k + c] = along[i];
  }
  return coordinates;
}
