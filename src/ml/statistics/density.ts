import type { ValueCounts } from './value-counts.js';

/** Cells of the grid that values are put on before they are smoothed. */
const gridCells = 1024;

/**
 * A smooth density of a column at `points` positions equally spaced over [from, to]: a Gaussian kernel on linearly
 * binned values (Wand 1994), so any number of rows will do; the bandwidth is Silverman's (1986, eq. 3.31)
 * 0.9 · min(deviation, IQR / 1.34) · n^-⅕, at least half the distance of two positions. Null for fewer than three distinct values or without spread.
 * O(distinct values + points · cells).
 */
export function smoothDensity(
  { values, counts, total }: ValueCounts,
  spread: { readonly std: number; readonly iqr: number },
  from: number,
  to: number,
  points: number,
): Float64Array | null {
  const scale = spread.iqr > 0 ? Math.min(spread.std, spread.iqr / 1.34) : spread.std;
  const silverman = 0.9 * scale * total ** -0.2;
  // Narrower than a picture can show, the kernel would fall between its points.
  const bandwidth = Math.max(silverman, (to - from) / (2 * points));
  if (values.length < 3 || !(silverman > 0) || !(to > from) || !Number.isFinite(to - from)) return null;
  // The grid reaches beyond the range by what the kernel does, so that values outside count where they are felt.
  const [first, last] = [from - 4 * bandwidth, to + 4 * bandwidth];
  const cell = (last - first) / (gridCells - 1);
  const weights = new Float64Array(gridCells);
  for (let i = 0; i < values.length; i++) {
    const place = (values[i] - first) / cell;
    const below = Math.floor(place);
    if (below < 0 || below >= gridCells - 1) continue;
    weights[below] += counts[i] * (below + 1 - place);
    weights[below + 1] += counts[i] * (place - below);
  }
  const density = new Float64Array(points);
  const factor = 1 / (total * bandwidth * Math.sqrt(2 * Math.PI));
  for (let p = 0; p < points; p++) {
    const x = from + ((to - from) * p) / (points - 1);
    const nearest = Math.max(0, Math.ceil((x - 5 * bandwidth - first) / cell));
    const farthest = Math.min(gridCells - 1, Math.floor((x + 5 * bandwidth - first) / cell));
    let sum = 0;
    for (let g = nearest; g <= farthest; g++) {
      if (weights[g] === 0) continue;
      const z = (x - first - g * cell) / bandwidth;
      sum += weights[g] * Math.exp(-0.5 * z * z);
    }
    density[p] = sum * factor;
  }
  // Values of the size of the largest doubles have no density that could be told.
  return density.every(Number.isFinite) ? density : null;
}
