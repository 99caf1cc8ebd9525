import { instantiateKernel, type KernelExports } from '../../linear-algebra/kernel-exports.js';
import { panelLines, panelsOf, putLine } from '../../linear-algebra/line-panels.js';
import type { DenseMatrix, FeatureMatrix } from '../../matrix/feature-matrix.js';
import type { CentreDistances } from '../centre-distances.js';

/** Finds the nearest centre of many rows while the centres stay where they are. */
export interface NearestCentres {
  /** Takes the centres as they are now. */
  refresh(): void;
  /** Writes the nearest centre of each of `rows` (rows of X), the first of equals, to `nearest`. O(k·d) a row. */
  of(rows: Uint32Array, nearest: Int32Array): void;
}

/** By WebAssembly for dense rows: the least |c|² − 2·x·c. */
export function nearestCentres(X: FeatureMatrix, distances: CentreDistances): NearestCentres {
  if (X.kind === 'dense') return new DenseNearestCentres(X, distances);
  return {
    refresh: () => {},
    of: (rows, nearest) => rows.forEach((row, i) => (nearest[i] = distances.nearest(row))),
  };
}

class DenseNearestCentres implements NearestCentres {
  private readonly kernel: KernelExports;
  private readonly four: Float64Array;
  /** In panels. */
  private readonly centres: Float64Array;
  /** |c|² of each. */
  private readonly lengths: Float64Array;
  /** That of the q-th row with centre c at 4·c + q. */
  private readonly products: Float64Array;

  constructor(
    private readonly X: DenseMatrix,
    private readonly distances: CentreDistances,
  ) {
    const d = X.columns;
    const k = distances.clusters;
    const padded = panelLines * panelsOf(k);
    const { kernel, memory } = instantiateKernel(8 * (panelLines * (d + padded) + padded * d));
    this.kernel = kernel;
    this.four = new Float64Array(memory.buffer, 0, panelLines * d);
    this.products = new Float64Array(memory.buffer, this.four.byteLength, panelLines * padded);
    this.centres = new Float64Array(memory.buffer, this.products.byteOffset + this.products.byteLength, padded * d);
    this.lengths = new Float64Array(k);
  }

  refresh(): void {
    const { lengths } = this;
    const { centres } = this.distances;
    const d = this.X.columns;
    for (let c = 0; c < lengths.length; c++) {
      putLine(this.centres, c, d, centres, c * d);
      let sum = 0;
      for (let at = c * d; at < (c + 1) * d; at++) sum += centres[at] * centres[at];
      lengths[c] = sum;
    }
  }

  of(rows: Uint32Array, nearest: Int32Array): void {
    const { X, four, centres, products, lengths, kernel } = this;
    const d = X.columns;
    for (let first = 0; first < rows.length; first += panelLines) {
      const count = Math.min(panelLines, rows.length - first);
      for (let q = 0; q < count; q++) putLine(four, q, d, X.values, rows[first + q] * d);
      products.fill(0);
      kernel.addProducts(four.byteOffset, centres.byteOffset, panelsOf(lengths.length), d, products.byteOffset);
      for (let q = 0; q < count; q++) {
        let best = 0;
        let least = Number.POSITIVE_INFINITY;
        for (let c = 0; c < lengths.length; c++) {
          const distance = lengths[c] - 2 * products[panelLines * c + q];
          if (distance < least) {
            least = distance;
            best = c;
          }
        }
        nearest[first + q] = best;
      }
    }
  }
}
