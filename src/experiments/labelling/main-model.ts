import type { MainModel } from '../../ml/active-learning/strategy.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { Trained } from '../../ml/model-selection/train.js';
import { predictRows, predictWith } from '../../ml/model-selection/trained-model.js';
import { stratifiedFolds } from '../../ml/model-selection/stratified-folds.js';
import { binaryIndicators } from '../../ml/metrics/confusion.js';
import { averagePrecision } from '../../ml/metrics/precision-recall.js';
import { recallAtFpr, rocAuc } from '../../ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../ml/metrics/score-curve.js';
import { columnsByName } from '../classify/judging.js';
import { makeTask, type Task, trainOn } from '../classify/task.js';
import { truthOf } from '../classify/class-task.js';
import type { ExperimentContext } from '../experiment.js';
import { classifierSettings, type LabellingSettings } from './settings.js';

/** Folds that the model of an iteration is judged by. */
const judgingFolds = 4;

/** A model trained on all answers, and how good it is. */
export interface IterationModel {
  readonly main: MainModel;
  readonly trained: Trained;
  readonly figures: Readonly<Record<string, number | null>>;
  readonly warnings: readonly string[];
}

/** Rows of each label, and of the rarer one. */
function counts({ y, labelled }: Task): { rarer: number } {
  let malicious = 0;
  for (const row of labelled) malicious += y[row];
  return { rarer: Math.min(malicious, labelled.length - malicious) };
}

/**
 * Trains the model of an iteration on all labelled rows of `dataset` and judges it: on them, by cross-validation among
 * them, and on the validation datasets. With fewer rows of a label than tuning folds the model's first grid point, and
 * with fewer than judging folds no cross-validation; both are said in `warnings`.
 */
export async function trainMainModel(
  dataset: Dataset,
  validationDatasets: readonly Dataset[],
  settings: LabellingSettings,
  context: ExperimentContext,
): Promise<IterationModel> {
  const wanted = classifierSettings(settings, { mode: 'unlabeled' });
  const task = makeTask(dataset, wanted);
  const { rarer } = counts(task);
  const warnings: string[] = [];
  const tunes = wanted.points.length > 1 && rarer >= wanted.tuningFolds;
  if (wanted.points.length > 1 && !tunes) {
    warnings.push(
      `too few answers of the rarer label (${rarer}) to choose hyper-parameters: the first of the grid were taken`,
    );
  }
  const own = tunes ? wanted : { ...wanted, points: wanted.points.slice(0, 1) };
  const trained = await trainOn(task, task.labelled, -1, own, context);
  const { fitted } = trained.model;
  const all = Uint32Array.from({ length: dataset.ids.length }, (_, row) => row);
  const { probabilities, scores } = predictRows(trained.model, dataset.X, all);
  const score = scores ?? Float64Array.from(all, (row) => (probabilities?.[2 * row + 1] ?? 0.5) - 0.5);
  const probability = probabilities
    ? Float64Array.from(all, (row) => probabilities[2 * row + 1])
    : score.map((value) => 1 / (1 + Math.exp(-value)));
  const figures: Record<string, number | null> = {
    ...judged(
      'train',
      task.labelled,
      (row) => probability[row],
      (row) => task.y[row],
    ),
    ...(await crossValidated(task, trained, rarer, wanted, context, warnings)),
  };
  for (const other of validationDatasets) {
    const { label } = truthOf(other);
    const said = predictWith(trained.model, columnsByName(other, trained.model.featureNames));
    const value = (row: number): number => said.probabilities?.[2 * row + 1] ?? said.scores?.[row] ?? 0;
    const rows = Uint32Array.from(label.keys()).filter((row) => label[row] !== -1);
    Object.assign(
      figures,
      judged(`dataset:${other.name}`, rows, value, (row) => label[row], said.probabilities ? 0.5 : 0),
    );
  }
  return { main: { fitted, probability, score }, trained, figures, warnings: [...warnings, ...trained.warnings] };
}

/** Cross-validation with the hyper-parameters that were chosen. */
async function crossValidated(
  task: Task,
  trained: Trained,
  rarer: number,
  settings: ReturnType<typeof classifierSettings>,
  context: ExperimentContext,
  warnings: string[],
): Promise<Record<string, number | null>> {
  if (rarer < judgingFolds) {
    warnings.push(`too few answers of the rarer label (${rarer}) to cross-validate in ${judgingFolds} folds`);
    return {};
  }
  const { dataset, labelled, y } = task;
  const ids = Array.from(labelled, (row) => dataset.ids[row]);
  const folds = stratifiedFolds(
    ids,
    Int32Array.from(labelled, (row) => y[row]),
    judgingFolds,
    context.seed,
  );
  const own = { ...settings, points: [trained.model.params] };
  const value = new Map<number, number>();
  let threshold = 0.5;
  for (let fold = 0; fold < judgingFolds; fold++) {
    const { model } = await trainOn(
      task,
      labelled.filter((_, k) => folds[k] !== fold),
      fold,
      own,
      context,
    );
    const rows = labelled.filter((_, k) => folds[k] === fold);
    const said = predictRows(model, dataset.X, rows);
    if (!said.probabilities) threshold = 0;
    rows.forEach((row, k) => value.set(row, said.probabilities?.[2 * k + 1] ?? said.scores?.[k] ?? 0));
  }
  return judged(
    'cv',
    labelled,
    (row) => value.get(row) ?? 0,
    (row) => y[row],
    threshold,
  );
}

function judged(
  part: string,
  rows: Uint32Array,
  valueOf: (row: number) => number,
  labelOf: (row: number) => number,
  threshold = 0.5,
): Record<string, number | null> {
  const curve = scoreCurve(Float64Array.from(rows, valueOf), Uint8Array.from(rows, labelOf));
  const { precision, recall, f1, accuracy } = binaryIndicators(countsAbove(curve, threshold));
  return {
    [`${part}.rocAuc`]: rocAuc(curve),
    [`${part}.averagePrecision`]: averagePrecision(curve),
    [`${part}.recallAtFpr.0.01`]: recallAtFpr(curve, 0.01),
    [`${part}.f1`]: f1,
    [`${part}.accuracy`]: accuracy,
    [`${part}.precision`]: precision,
    [`${part}.recall`]: recall,
  };
}
