import { meanOf, quantiles } from './figures.js';
import { countBins, histogramEdges } from './histogram-edges.js';
import type { TestResult } from './class-tests.js';
import { kolmogorovSmirnov } from './two-samples.js';
import { mergeCounts, type ValueCounts } from './value-counts.js';

/** How a feature differs between two datasets. */
export interface FeatureDrift {
  /** Population stability index; about 0.1 is a small change, 0.25 a large one by the usual rule. */
  readonly psi: number;
  readonly ks: TestResult;
  /** Jensen and Shannon's divergence of the two histograms in bits, 0 to 1. */
  readonly jensenShannon: number;
  readonly means: readonly [reference: number, other: number];
  readonly missing: readonly [reference: number, other: number];
  readonly edges: Float64Array;
  /** Counts by bin of the reference and of the other. */
  readonly counts: readonly [reference: Uint32Array, other: Uint32Array];
}

/** A share that is not there counts as this one in the stability index, whose logarithm would be infinite. */
const leastShare = 1e-4;

/**
 * Compares a feature's values in a reference and in another dataset. The stability index Σ (q − p) ln(q / p) is taken
 * over the reference's deciles, equal ones joined, with the missing cells as a bin of their own; NaN throughout where a
 * side has no value. O(distinct values).
 */
export function featureDrift(
  reference: ValueCounts,
  other: ValueCounts,
  missing: readonly [reference: number, other: number],
): FeatureDrift {
  const both = mergeCounts(reference, other);
  const edges = histogramEdges(both);
  const counts = [countBins(reference, edges), countBins(other, edges)] as const;
  return {
    psi: stabilityIndex(reference, other, missing),
    ks: kolmogorovSmirnov(reference, other),
    jensenShannon: jensenShannon(counts[0], counts[1]),
    means: [reference, other].map((column) => (column.total > 0 ? meanOf(column) : Number.NaN)) as [number, number],
    missing,
    edges,
    counts,
  };
}

function stabilityIndex(reference: ValueCounts, other: ValueCounts, missing: readonly [number, number]): number {
  const [m, n] = [reference.total + missing[0], other.total + missing[1]];
  if (m === 0 || n === 0) return Number.NaN;
  const deciles = quantiles(reference, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  const cuts = deciles.filter((cut, i) => i === 0 || cut > deciles[i - 1]);
  const [p, q] = [binUpTo(reference, cuts), binUpTo(other, cuts)];
  p.push(missing[0]);
  q.push(missing[1]);
  let sum = 0;
  p.forEach((count, bin) => {
    if (count === 0 && q[bin] === 0) return;
    const [a, b] = [Math.max(leastShare, count / m), Math.max(leastShare, q[bin] / n)];
    sum += (b - a) * Math.log(b / a);
  });
  return sum;
}

/** Counts of the values up to each cut, and of those above the last. */
function binUpTo({ values, counts }: ValueCounts, cuts: readonly number[]): number[] {
  const binned = new Array<number>(cuts.length + 1).fill(0);
  for (let i = 0, bin = 0; i < values.length; i++) {
    while (bin < cuts.length && values[i] > cuts[bin]) bin++;
    binned[bin] += counts[i];
  }
  return binned;
}

/** (KL(p ‖ m) + KL(q ‖ m)) / 2 in bits, with m the mean of the two (Lin 1991). */
export function jensenShannon(p: Uint32Array, q: Uint32Array): number {
  const [n, m] = [p, q].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  if (n === 0 || m === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i] / n, q[i] / m];
    const mean = (a + b) / 2;
    if (a > 0) sum += 0.5 * a * Math.log2(a / mean);
    if (b > 0) sum += 0.5 * b * Math.log2(b / mean);
  }
  return Math.min(1, Math.max(0, sum));
}
