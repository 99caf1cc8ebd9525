import { binaryIndicators } from '../../ml/metrics/confusion.js';
import { averagePrecision } from '../../ml/metrics/precision-recall.js';
import { recallAtFpr, rocAuc } from '../../ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../ml/metrics/score-curve.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { stratifiedFolds } from '../../ml/model-selection/stratified-folds.js';
import { predictRows, predictWith } from '../../ml/model-selection/trained-model.js';
import { columnsByName } from '../classify/judging.js';
import { truthOf } from '../classify/class-task.js';
import { trainOn } from '../classify/task.js';
import type { ExperimentContext } from '../experiment.js';
import type { IterationModel } from './main-model.js';

/** Folds that the model of an iteration is judged by. */
export const judgingFolds = 4;

type Figures = Record<string, number | null>;

/**
 * Judges the model of an iteration: on the answers it was trained on, by cross-validation among them (with the
 * hyper-parameters that were chosen), and on the validation datasets, as far as they have labels. With fewer answers of a
 * label than folds there is no cross-validation, which `warnings` says.
 */
export async function judgeModel(
  model: IterationModel,
  validationDatasets: readonly Dataset[],
  context: ExperimentContext,
): Promise<{ figures: Figures; warnings: string[] }> {
  const { task, main } = model;
  const { labelled, y } = task;
  const figures = judged('train', labelled, main.probability, (row) => y[row]);
  const warnings: string[] = [];
  const rarer = rarerLabel(model);
  if (rarer < judgingFolds) {
    warnings.push(`too few answers of the rarer label (${rarer}) to cross-validate in ${judgingFolds} folds`);
  } else Object.assign(figures, await crossValidated(model, context));
  for (const other of validationDatasets) Object.assign(figures, judgedOn(model, other));
  return { figures, warnings };
}

function rarerLabel({ task: { y, labelled } }: IterationModel): number {
  const malicious = labelled.reduce((sum, row) => sum + y[row], 0);
  return Math.min(malicious, labelled.length - malicious);
}

async function crossValidated(
  { task, trained, settings }: IterationModel,
  context: ExperimentContext,
): Promise<Figures> {
  const { dataset, labelled, y } = task;
  const ids = Array.from(labelled, (row) => dataset.ids[row]);
  const labels = Int32Array.from(labelled, (row) => y[row]);
  const folds = stratifiedFolds(ids, labels, judgingFolds, context.seed);
  const own = { ...settings, points: [trained.model.params] };
  const value = new Float64Array(dataset.ids.length);
  let threshold = 0.5;
  for (let fold = 0; fold < judgingFolds; fold++) {
    const learned = labelled.filter((_, k) => folds[k] !== fold);
    const rows = labelled.filter((_, k) => folds[k] === fold);
    const { model } = await trainOn(task, learned, fold, own, context);
    const said = predictRows(model, dataset.X, rows);
    if (!said.probabilities) threshold = 0;
    rows.forEach((row, k) => (value[row] = said.probabilities?.[2 * k + 1] ?? said.scores?.[k] ?? 0));
  }
  return judged('cv', labelled, value, (row) => y[row], threshold);
}

function judgedOn({ trained: { model } }: IterationModel, other: Dataset): Figures {
  const { label } = truthOf(other);
  const { probabilities, scores } = predictWith(model, columnsByName(other, model.featureNames));
  const value = Float64Array.from(label, (_, row) => probabilities?.[2 * row + 1] ?? scores?.[row] ?? 0);
  const rows = Uint32Array.from(label.keys()).filter((row) => label[row] !== -1);
  return judged(`dataset:${other.name}`, rows, value, (row) => label[row], probabilities ? 0.5 : 0);
}

function judged(
  part: string,
  rows: Uint32Array,
  value: Float64Array,
  labelOf: (row: number) => number,
  threshold = 0.5,
): Figures {
  const curve = scoreCurve(
    Float64Array.from(rows, (row) => value[row]),
    Uint8Array.from(rows, labelOf),
  );
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
