import type { Dataset } from '../../ml/matrix/dataset.js';
import { randomStream, shuffle } from '../../ml/random/stream.js';
import type { ColumnDescription } from '../../ml/statistics/describe-column.js';
import { groupColumns } from '../../ml/statistics/grouped-columns.js';
import { describeFeatures, type ColumnSpan } from '../../ml/tasks/describe-features.js';
import type { ExperimentContext } from '../experiment.js';
import type { RowGroups } from './row-groups.js';
import type { StatsSettings } from './settings.js';

/** Mutual information by neighbours is estimated on a sample above so many labelled rows. */
export const mostNeighbourRows = 100_000;

/** Cells that a worker holds at once. */
const cellsPerSpan = 4_000_000;

export interface DescribedFeatures {
  readonly descriptions: readonly ColumnDescription[];
  /** Rows that mutual information by neighbours was estimated on; null where on all, or where none was. */
  readonly sampled: number | null;
}

/** Describes every feature, on worker threads. About O(n·d·log n) for dense data, by its entries for sparse data. */
export async function describeAll(
  { X, featureTypes }: Dataset,
  { groupOf, groups, labels, classes, shown }: RowGroups,
  { scores, bins }: StatsSettings,
  context: ExperimentContext,
): Promise<DescribedFeatures> {
  const source = groupColumns(X, groupOf, groups.length);
  // As scikit-learn does: what is sparse is discrete.
  const discrete = Uint8Array.from(featureTypes, (type) => Number(type === 'binary' || X.kind === 'sparse'));
  const neighbourly = scores.includes('mutual-information') && discrete.includes(0);
  const classified = groupOf.map((group) => (classes[group] >= 0 ? group : -1));
  const chosen = neighbourly ? sampleOf(classified, context.seed) : null;
  const sample = chosen && groupColumns(X, chosen, groups.length);
  const request = { sizes: source.sizes, labels, classes, shown, bins, scores, seed: context.seed };
  const session = context.executor.open({ source, sample, discrete, request });
  try {
    const width = Math.max(1, Math.min(50, Math.floor(cellsPerSpan / Math.max(1, X.rows))));
    const spans = spansOf(X.columns, width);
    const outputs = await session.map(describeFeatures, spans, {
      signal: context.signal,
      seconds: (X.kind === 'dense' ? X.rows * X.columns : X.values.length) * 2e-7,
      progress: (done, total) => context.progress?.(done, total, 'describing features'),
    });
    return { descriptions: outputs.flat(), sampled: sample?.sizes.reduce((sum, size) => sum + size, 0) ?? null };
  } finally {
    await session.close();
  }
}

/** Columns 0 … d - 1 in spans of `width`. */
export function spansOf(columns: number, width: number): ColumnSpan[] {
  return Array.from({ length: Math.ceil(columns / width) }, (_, k) => ({
    from: k * width,
    to: Math.min(columns, (k + 1) * width),
  }));
}

/** Groups of a random sample of the rows that have one, -1 elsewhere; null where a sample is not needed. */
function sampleOf(groupOf: Int32Array, seed: number): Int32Array | null {
  const rows: number[] = [];
  groupOf.forEach((group, row) => {
    if (group >= 0) rows.push(row);
  });
  if (rows.length <= mostNeighbourRows) return null;
  shuffle(rows, randomStream(seed, 'statistics-sample'));
  const sampled = new Int32Array(groupOf.length).fill(-1);
  for (const row of rows.slice(0, mostNeighbourRows)) sampled[row] = groupOf[row];
  return sampled;
}
