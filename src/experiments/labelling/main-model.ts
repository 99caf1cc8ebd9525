import type { MainModel } from '../../ml/active-learning/strategy.js';
import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { Trained } from '../../ml/model-selection/train.js';
import { predictRows } from '../../ml/model-selection/trained-model.js';
import { makeTask, type Task, trainOn } from '../classify/task.js';
import type { ClassifySettings } from '../classify/settings.js';
import type { ExperimentContext } from '../experiment.js';
import { countLabels } from './known-labels.js';
import { classifierSettings, type LabellingSettings } from './settings.js';

/** A model trained on all answers, with what it was trained on. */
export interface IterationModel {
  readonly main: MainModel;
  readonly trained: Trained;
  readonly task: Task;
  readonly settings: ClassifySettings;
  readonly warnings: readonly string[];
}

/** Answers of the rarer label, for each fold of the search, below which hyper-parameters are not searched for. */
const answersPerFold = 2;

/** The settings of the classifier for so many answers: with too few to tune, the first point of the grid. */
export function settingsFor(settings: LabellingSettings, { malicious, benign }: { malicious: number; benign: number }) {
  const rarer = Math.min(malicious, benign);
  const tunes = settings.points.length > 1 && rarer >= answersPerFold * settings.tuningFolds;
  const note =
    settings.points.length > 1 && !tunes
      ? `too few answers of the rarer label (${rarer}) to choose hyper-parameters: the first of the grid were taken`
      : null;
  return { settings: tunes ? settings : { ...settings, points: settings.points.slice(0, 1) }, note };
}

/** Trains the model of an iteration on all labelled rows of `dataset`, and applies it to every row. */
export async function trainMainModel(
  dataset: Dataset & { readonly labels: LabelColumn },
  wanted: LabellingSettings,
  context: ExperimentContext,
): Promise<IterationModel> {
  const { settings: own, note } = settingsFor(wanted, countLabels(dataset.labels));
  const settings = classifierSettings(own, { mode: 'unlabeled' });
  const task = makeTask(dataset, settings);
  const trained = await trainOn(task, task.labelled, -1, settings, context);
  const all = Uint32Array.from({ length: dataset.ids.length }, (_, row) => row);
  const { probabilities, scores } = predictRows(trained.model, dataset.X, all);
  const score = scores ?? Float64Array.from(all, (row) => (probabilities?.[2 * row + 1] ?? 0.5) - 0.5);
  const probability = probabilities
    ? Float64Array.from(all, (row) => probabilities[2 * row + 1])
    : score.map((value) => 1 / (1 + Math.exp(-value)));
  return {
    main: { fitted: trained.model.fitted, probability, score },
    trained,
    task,
    settings,
    warnings: [...(note === null ? [] : [note]), ...trained.warnings],
  };
}
