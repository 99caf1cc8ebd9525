import { closest, type CorrelatedPair } from '../../ml/statistics/correlation.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { scaleColumns } from '../../ml/matrix/scale-columns.js';
import { selectColumns } from '../../ml/matrix/select-columns.js';
import { binaryUnit } from '../../ml/statistics/magnitude.js';
import type { ColumnDescription } from '../../ml/statistics/describe-column.js';
import { correlateFeatures } from '../../ml/tasks/correlate-features.js';
import type { ExperimentContext } from '../experiment.js';
import { spansOf } from './describe-features.js';

/** Pairs of a smaller |r| are not worth telling. */
export const leastCorrelation = 0.95;
const mostPairs = 1000;
/** Products of cells that are worth their time: some ten seconds of a core. */
const mostProducts = 2e10;

export interface CorrelatedFeatures {
  readonly pairs: readonly CorrelatedPair[];
  readonly compared: number;
  /** Why not all features were compared, in plain words. */
  readonly notes: readonly string[];
}

/** Finds pairs of features that say nearly the same. Constant features and those with missing cells are left out. */
export async function correlatedFeatures(
  { X }: Dataset,
  descriptions: readonly ColumnDescription[],
  context: ExperimentContext,
): Promise<CorrelatedFeatures> {
  const whole = [...descriptions.keys()].filter(
    (j) => descriptions[j].missing === 0 && descriptions[j].all.distinct > 1,
  );
  const missing = descriptions.filter((description) => description.missing > 0 && description.all.distinct > 1).length;
  const perFeature = X.kind === 'dense' ? X.rows : X.values.length / Math.max(1, X.columns);
  const room = Math.max(2, Math.floor(Math.sqrt((2 * mostProducts) / Math.max(1, perFeature))));
  const compared = whole.length <= room ? whole : mostTelling(whole, descriptions, room);
  const notes: string[] = [];
  if (missing > 0) {
    notes.push(
      `${missing} ${missing === 1 ? 'feature with missing cells was' : 'features with missing cells were'} not compared with others for being correlated`,
    );
  }
  if (compared.length < whole.length) {
    notes.push(
      `of ${whole.length} features the ${compared.length} that tell most about the labels were compared for being correlated; all pairs would take too long`,
    );
  }
  const columns = Uint32Array.from(compared);
  // The unit of a feature does not change what it correlates with.
  const factor = Float64Array.from(compared, (j) => {
    const { min, max } = descriptions[j].all;
    return 1 / binaryUnit(Math.max(Math.abs(min), Math.abs(max)));
  });
  const mean = Float64Array.from(compared, (j, at) => descriptions[j].all.mean * factor[at]);
  const squares = Float64Array.from(compared, (j, at) => {
    const { std, count } = descriptions[j].all;
    return (std * factor[at]) ** 2 * (count - 1);
  });
  const request = { mean, squares, least: leastCorrelation, most: mostPairs };
  const session = context.executor.open({ X: scaleColumns(selectColumns(X, columns), factor), request });
  try {
    const outputs = await session.map(correlateFeatures, spansOf(columns.length, X.kind === 'dense' ? 16 : 64), {
      signal: context.signal,
      seconds: (perFeature * columns.length * columns.length) / 2e9,
      progress: (done, total) => context.progress?.(done, total, 'comparing features'),
    });
    const pairs = closest(outputs.flat(), mostPairs).map((pair) => ({
      ...pair,
      a: columns[pair.a],
      b: columns[pair.b],
    }));
    return { pairs, compared: columns.length, notes };
  } finally {
    await session.close();
  }
}

/** The columns whose area under the curve is farthest from a half; ascending. */
function mostTelling(columns: readonly number[], descriptions: readonly ColumnDescription[], count: number): number[] {
  const tells = (j: number): number => Math.abs((descriptions[j].scores.rocAuc.statistic || 0.5) - 0.5);
  return [...columns]
    .sort((a, b) => tells(b) - tells(a) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
