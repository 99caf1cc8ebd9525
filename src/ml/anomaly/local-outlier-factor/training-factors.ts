import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
import { type NeighbourPoints, neighbourSearch } from '../../neighbours/neighbour-search.js';
import type { LocalOutlierFactors } from './fitted-local-outlier-factor.js';
import { localDensity, localOutlierFactor, type Neighbourhood, neighbourhood } from './local-density.js';

/** Rows between two looks at the signal. */
const rowsAtOnce = 64;

/**
 * Local outlier factors of training rows, each compared with its k nearest others (Breunig, Kriegel, Ng and Sander, "LOF:
 * identifying density-based local outliers", SIGMOD 2000): about 1 inside a cluster, larger for what is lonelier than
 * its neighbours are. A search for each distinct row; O(m · neighbours) memory.
 */
export function trainingFactors(rows: NeighbourPoints, signal: CancelSignal | undefined): LocalOutlierFactors {
  const { k, points, multiplicity } = rows;
  const m = points.rows;
  // The row itself is among those found.
  const list = new NeighbourList(k + 1, multiplicity);
  const search = neighbourSearch({ ...rows, k: k + 1 }, list);
  const entries = new RowEntries(points);
  const near: Neighbourhood[] = [];
  for (let i = 0; i < m; i++) {
    if (i % rowsAtOnce === 0) throwIfCancelled(signal);
    entries.read(i);
    list.clear();
    search(entries);
    near.push(neighbourhood(list, multiplicity, k, i));
  }
  const kDistance = Float64Array.from(near, (own) => own.kDistance);
  const density = Float64Array.from(near, (own) => localDensity(own, kDistance));
  const factor = Float64Array.from(near, (own, i) => localOutlierFactor(own, density[i], density));
  return { ...rows, kDistance, density, factor };
}
