import { selectRows } from '../../ml/matrix/feature-matrix.js';
import { maliciousValues } from '../../ml/model-selection/malicious-values.js';
import { modelToJson, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import { rocAuc } from '../../ml/metrics/roc.js';
import { scoreCurve } from '../../ml/metrics/score-curve.js';
import { randomStream, shuffle } from '../../ml/random/stream.js';
import { permuteFeatures } from '../../ml/tasks/permute-features.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ExperimentContext } from '../experiment.js';
import type { AlertSource } from './alerts/alert-list.js';

const repeats = 5;
const mostRows = 2000;

/**
 * How much each feature counts for what the model says of rows it did not learn from (--importance permutation): the
 * area under the ROC curve that is lost when the feature is shuffled. Measured on the first part that the kept model
 * was not trained on; where it learned from all (cross-validation), on the last fold, with that fold's model. At most
 * 2,000 of its rows with a known label, drawn by the seed. No panel, and a warning, where there are none of both classes.
 */
export async function permutationPanel(
  sources: readonly AlertSource[],
  kept: TrainedModel,
  context: ExperimentContext,
): Promise<{ panels: AnyPanel[]; warnings: string[] }> {
  const able = sources.filter(({ part, features }) => {
    const { label } = part.truth;
    return features !== null && label.includes(0) && label.includes(1);
  });
  const source = able.find(({ model }) => model === kept) ?? able.at(-1);
  if (!source?.features) {
    const why = 'no part that the model was not trained on has features at hand and instances of both labels';
    return { panels: [], warnings: [`--importance permutation: ${why}`] };
  }
  context.stage('shuffling features');
  const { part, model, features } = source;
  const known = Uint32Array.from(part.truth.label.keys()).filter((row) => part.truth.label[row] !== -1);
  const rows = sample(known, part.truth.label, context.seed);
  const X = selectRows(
    features.X(),
    rows.map((row) => features.rows[row]),
  );
  const positive = Uint8Array.from(rows, (row) => part.truth.label[row]);
  const base = maliciousValues(model, X);
  const session = context.executor.open({
    model: modelToJson(model),
    X,
    base,
    positive,
    repeats,
    seed: context.seed,
  });
  try {
    const { signal } = context;
    const progress = (done: number, total: number) => context.progress?.(done, total, 'features shuffled');
    const drops = await session.map(permuteFeatures, [...model.featureNames.keys()], { signal, progress });
    const means = drops.map((of) => of.reduce((sum, drop) => sum + drop, 0) / repeats);
    const deviations = drops.map((of, j) =>
      Math.sqrt(of.reduce((sum, drop) => sum + (drop - means[j]) ** 2, 0) / repeats),
    );
    const rocAucBefore = rocAuc(scoreCurve(base, positive));
    const permutation = { part: part.part, rows: rows.length, rowsInAll: known.length, repeats, rocAuc: rocAucBefore };
    const series = [{ name: 'malicious', values: means, deviations }];
    const data = { kind: 'permutation' as const, features: [...model.featureNames], series, permutation };
    return { panels: [{ kind: 'importance', id: 'importance', title: 'Feature importances', data }], warnings: [] };
  } finally {
    await session.close();
  }
}

/** At most `mostRows` of the rows, ascending, the share of each class kept and none left without rows. */
function sample(known: Uint32Array, label: Int8Array, seed: number): Uint32Array {
  if (known.length <= mostRows) return known;
  const chosen = [0, 1].map((wanted) => {
    const rows = known.filter((row) => label[row] === wanted);
    shuffle(rows, randomStream(seed, 'permutation rows', wanted));
    return rows.subarray(0, Math.max(1, Math.round((rows.length / known.length) * mostRows)));
  });
  return Uint32Array.from([...chosen[0], ...chosen[1]]).sort();
}
