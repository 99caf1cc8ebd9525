import { counted, UserError } from '../../errors.js';
import { type AnyClassifierDef } from '../../ml/classifiers/classifier.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import { type CancelSignal, throwIfCancelled } from '../../ml/fit-context.js';
import { type FeatureMatrix, missingPerColumn } from '../../ml/matrix/feature-matrix.js';
import { selectColumns } from '../../ml/matrix/select-columns.js';
import { predictWith, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { PredictedRow } from '../../schema/predicted-row.js';
import { binaryClasses } from '../classify/class-task.js';
import { type JudgedPart, judge } from '../classify/judged-part.js';
import { listed } from './match-features.js';
import { TopRows } from './top-rows.js';

/** Some instances to apply a model to; `X` is m×d' with columns by any features. */
export interface InstanceBatch {
  readonly ids: readonly string[];
  readonly idents: readonly string[];
  readonly X: FeatureMatrix;
}

export interface PredictSettings {
  /** Length d: the column of the batches that each feature of the model is. */
  readonly columns: Uint32Array;
  /** Malicious iff the value is greater; null: 0.5, or 0 for a score. */
  readonly threshold: number | null;
  /** Only what is called malicious. */
  readonly alertsOnly: boolean;
  /** Only so many with the highest values, ranked; null for all, in their order. */
  readonly top: number | null;
}

/** What was gone through so far. */
export interface PredictCounts {
  instances: number;
  alerts: number;
  /** What decides, once it is known. */
  scale: 'probability' | 'score' | null;
  threshold: number | null;
}

/**
 * Applies a model to instances batch by batch; memory does not grow with their number (with `top`: with that number).
 * What it says of a row is what `classify` says of it, to the bit. `counts` is filled on the way.
 * Throws UserError for missing values that the model does not take.
 */
export async function* predict(
  model: TrainedModel,
  batches: AsyncIterable<InstanceBatch>,
  settings: PredictSettings,
  counts: PredictCounts,
  signal: CancelSignal,
): AsyncGenerator<PredictedRow[]> {
  const best = settings.top === null ? null : new TopRows<RankedRow>(settings.top);
  for await (const batch of batches) {
    throwIfCancelled(signal);
    const rows = rowsOf(model, batch, settings, counts);
    if (!best) yield rows;
    else for (const row of rows) best.add(row);
  }
  if (best) yield best.take().map((row, k) => ({ ...row, rank: k + 1 }));
}

interface RankedRow extends PredictedRow {
  /** What ranks it: the score where there is one, for it tells apart what probabilities of 1 do not. */
  readonly ranking: number;
}

function rowsOf(
  model: TrainedModel,
  { ids, idents, X }: InstanceBatch,
  { columns, threshold: chosen, alertsOnly, top }: PredictSettings,
  counts: PredictCounts,
): RankedRow[] {
  const selected = selectColumns(X, columns);
  refuseMissing(model, selected, ids);
  const judged = judgeBatch(model, ids, idents, selected);
  const { value, scale, probability, score, classes, predictedClass } = judged;
  const threshold = chosen ?? (scale === 'probability' ? 0.5 : 0);
  const multiclass = classes.some(({ family }) => family !== null);
  const rows: RankedRow[] = [];
  for (let i = 0; i < ids.length; i++) {
    const alert = value[i] > threshold;
    if (alert) counts.alerts++;
    if (alertsOnly && !alert) continue;
    const predicted = multiclass ? classes[predictedClass[i]].name : binaryClasses[Number(alert)].name;
    const ranking = top === null || Number.isNaN(score[i]) ? value[i] : score[i];
    const figures = { probability: probability[i], score: score[i], predicted, rank: null, ranking };
    rows.push({ instanceId: ids[i], ident: idents[i], ...figures });
  }
  counts.instances += ids.length;
  counts.scale = scale;
  counts.threshold = threshold;
  return rows;
}

function judgeBatch(
  model: TrainedModel,
  ids: readonly string[],
  idents: readonly string[],
  X: FeatureMatrix,
): JudgedPart {
  const truth = { label: new Int8Array(0), family: [] };
  const rows = { part: '', fold: -1, ids, idents, truth, trueClass: new Int32Array(0) };
  return judge(rows, predictWith(model, X), model.classes);
}

function refuseMissing(model: TrainedModel, X: FeatureMatrix, ids: readonly string[]): void {
  const { accepts }: AnyClassifierDef = classifiers[model.model];
  if (model.imputer || accepts.missing || X.kind === 'sparse') return;
  const missing = missingPerColumn(X);
  const columns = [...missing.keys()].filter((j) => missing[j] > 0);
  if (columns.length === 0) return;
  const row = X.values.findIndex(Number.isNaN);
  const names = listed(columns.map((j) => model.featureNames[j]));
  throw new UserError(
    `${model.model} does not take missing values, and instance ${listed([ids[Math.floor(row / X.columns)]])} has some; so have others nearby, in ${counted(columns.length, 'feature')}: ${names}`,
    { hint: 'train the model with --impute median, or take one that bears them: secuml models' },
  );
}
