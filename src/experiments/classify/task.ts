import { counted, UserError } from '../../errors.js';
import type { AnyClassifierDef } from '../../ml/classifiers/classifier.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { missingPerColumn, negativeColumns, selectRows } from '../../ml/matrix/feature-matrix.js';
import { sampleWeights } from '../../ml/model-selection/sample-weights.js';
import { type Trained, train } from '../../ml/model-selection/train.js';
import type { ClassName } from '../../ml/model-selection/trained-model.js';
import type { ExperimentContext } from '../experiment.js';
import { binaryClasses, classOfRows, familyClasses, lessonsOf, type Truth, truthOf } from './class-task.js';
import { type RacedModel, trainByRace } from './race.js';
import { type ClassifySettings, isOrdered, needsTuningRounds } from './settings.js';
import { tuningRounds } from './validation/tuning-rounds.js';

/** A dataset with what `classify` knows of its rows. */
export interface Task {
  readonly dataset: Dataset;
  /** What the rows are judged by: ground truth, and labels where there is none. */
  readonly truth: Truth;
  /** Length n: class by `truth`. */
  readonly trueClass: Int32Array;
  readonly lessons: Truth;
  readonly classes: readonly ClassName[];
  /** Length n: class by the labels a model may learn from, -1 without. */
  readonly y: Int32Array;
  /** Rows with a label to learn from, ascending. */
  readonly labelled: Uint32Array;
  /** Rows without a label that the model learns from, too, whatever is held out; ascending. */
  readonly alsoLearned: Uint32Array;
}

/** The learning task of a dataset; throws UserError for fewer than two classes, no labels, or missing values. */
export function makeTask(dataset: Dataset, settings: ClassifySettings): Task {
  const { learnsFrom } = classifiers[settings.model] as AnyClassifierDef;
  if (learnsFrom) refuseGrid(settings);
  refuseUnlabelled(dataset, settings, learnsFrom === 'nothing');
  refuseMissing(dataset, settings);
  refuseNegative(dataset, settings);
  const lessons = lessonsOf(dataset);
  const labelled = rowsWhere(lessons.label, (label) => label !== -1);
  const classes = settings.multiclass ? familyClasses(lessons, labelled) : binaryClasses;
  const y = classOfRows(lessons, classes, settings.multiclass);
  const truth = truthOf(dataset);
  const trueClass = classOfRows(truth, classes, settings.multiclass);
  if (learnsFrom !== 'nothing') {
    refuseFewerThanTwo(classes, y, labelled, settings.multiclass, {
      whose: 'the labelled instances have',
      hint: 'label some instances of the other kind',
    });
  }
  // Where time or a group decides, a row without a label may be of the side that is judged.
  const alsoLearned =
    learnsFrom && !isOrdered(settings.validation)
      ? rowsWhere(lessons.label, (label) => label === -1)
      : new Uint32Array(0);
  return { dataset, truth, trueClass, lessons, classes, y, labelled, alsoLearned };
}

/** What learns without labels, or from few, is not told by labels which of its parameters are best. */
function refuseGrid({ model, points }: ClassifySettings): void {
  if (points.length === 1) return;
  throw new UserError(
    `${model} is not tuned: it takes one value of each parameter, not ${points.length} to choose from`,
    {
      hint: 'train it once for each, and compare the experiments',
    },
  );
}

function refuseUnlabelled(dataset: Dataset, { validation }: ClassifySettings, withoutLabels: boolean): void {
  const which = `${dataset.project}/${dataset.name}`;
  const files = 'put labels/true_labels.csv beside its features, or name a file with --labels';
  if (!withoutLabels) {
    if (!dataset.labels) throw new UserError(`${which} has no labels: there is nothing to learn from`, { hint: files });
    return;
  }
  if (validation.mode === 'unlabeled' || validation.mode === 'datasets') return;
  if (dataset.labels?.label.some((label) => label !== -1)) return;
  throw new UserError(`${which} has no labels: there is nothing to judge the model by`, {
    hint: `to learn from all instances and score them: --validation unlabeled; or ${files}`,
  });
}

/** The indexes of the elements for which `wanted` holds, ascending. */
export function rowsWhere(column: Int8Array | Int32Array, wanted: (value: number) => boolean): Uint32Array {
  const rows = new Uint32Array(column.length);
  let count = 0;
  for (let i = 0; i < column.length; i++) if (wanted(column[i])) rows[count++] = i;
  return rows.slice(0, count);
}

function refuseFewerThanTwo(
  classes: readonly ClassName[],
  y: Int32Array,
  rows: Uint32Array,
  multiclass: boolean,
  words: { readonly whose: string; readonly hint: string },
): void {
  const present = new Uint8Array(classes.length);
  for (let k = 0; k < rows.length; k++) present[y[rows[k]]] = 1;
  const found = classes.filter((_, c) => present[c] === 1);
  if (found.length >= 2) return;
  const what = multiclass ? 'families' : 'labels';
  const named = found.map(({ name }) => JSON.stringify(name)).join('') || 'none';
  throw new UserError(`a model learns the difference between at least two ${what}; ${words.whose} ${named}`, {
    hint: words.hint,
  });
}

/** Throws UserError where the dataset has missing values that neither the model nor an imputer takes. */
export function refuseMissing(
  dataset: Pick<Dataset, 'project' | 'name' | 'featureNames' | 'X'>,
  settings: ClassifySettings,
): void {
  const { model, candidates = [{ model }] } = settings;
  if (settings.impute || candidates.some((candidate) => classifiers[candidate.model].accepts.missing)) return;
  const missing = missingPerColumn(dataset.X);
  const columns = Array.from(missing.keys())
    .filter((j) => missing[j] > 0)
    .sort((a, b) => missing[b] - missing[a]);
  if (columns.length === 0) return;
  const named = columns.slice(0, 5).map((j) => `${JSON.stringify(dataset.featureNames[j])} (${missing[j]})`);
  const more = columns.length > named.length ? ` and ${columns.length - named.length} more` : '';
  const able = Object.values(classifiers)
    .filter(({ accepts }) => accepts.missing)
    .map(({ id }) => id);
  throw new UserError(
    `${settings.model} does not take missing values; ${dataset.project}/${dataset.name} has some in ${counted(columns.length, 'feature')}: ${named.join(', ')}${more}`,
    {
      hint: `--impute median puts the training rows' median in their place${able.length > 0 ? `; or take a model that bears them: ${able.join(', ')}` : ''}`,
    },
  );
}

/** Throws UserError where a model of counts would be trained on a feature with values below 0. */
function refuseNegative(dataset: Dataset, { model }: ClassifySettings): void {
  const { accepts }: AnyClassifierDef = classifiers[model];
  if (accepts.negative !== false) return;
  const columns = negativeColumns(dataset.X);
  if (columns.length === 0) return;
  const named = columns.slice(0, 5).map((j) => JSON.stringify(dataset.featureNames[j]));
  const more = columns.length > named.length ? ` and ${columns.length - named.length} more` : '';
  throw new UserError(
    `${model} takes counts; ${dataset.project}/${dataset.name} has values below 0 in ${counted(columns.length, 'feature')}: ${named.join(', ')}${more}`,
    { hint: 'leave those features out, or take another model (gaussian-naive-bayes)' },
  );
}

function together(a: Uint32Array, b: Uint32Array): Uint32Array {
  const rows = new Uint32Array(a.length + b.length);
  rows.set(a);
  rows.set(b, a.length);
  return rows.sort();
}

/** Whether the model learns from labels: it then needs two classes. */
export function needsLabels({ model }: Pick<ClassifySettings, 'model'>): boolean {
  return (classifiers[model] as AnyClassifierDef).learnsFrom !== 'nothing';
}

/** Throws UserError where the model cannot learn from `rows`, the training rows of a fold (-1: of the only part). */
export function refuseOneClass(
  { classes, y }: Task,
  rows: Uint32Array,
  fold: number,
  { model, multiclass, validation }: ClassifySettings,
): void {
  if (!needsLabels({ model })) return;
  const alone = fold === -1;
  const hint = alone
    ? 'leave some instances of the other kind to train on'
    : 'label more instances of the other kind, or take fewer --folds';
  const grouped = (validation.mode === 'random' || validation.mode === 'cv') && validation.groupBy;
  refuseFewerThanTwo(classes, y, rows, multiclass, {
    whose: alone ? 'the training part has' : `without fold ${fold}, the training instances have`,
    hint: grouped ? `all others are of the groups of "${grouped}" that are held out: group by another column` : hint,
  });
}

/**
 * Tunes and fits the model on labelled rows of the task, and on those without a label if it learns from them; `fold` is
 * the one that they leave out, -1 for none.
 */
export function trainOn(
  task: Task,
  labelledRows: Uint32Array,
  fold: number,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<Trained | RacedModel> {
  const { dataset, classes, lessons } = task;
  refuseOneClass(task, labelledRows, fold, settings);
  const rows = task.alsoLearned.length === 0 ? labelledRows : together(labelledRows, task.alsoLearned);
  const y = new Uint32Array(rows.length);
  const ids = new Array<string>(rows.length);
  for (let k = 0; k < rows.length; k++) {
    y[k] = task.y[rows[k]] === -1 ? classes.length : task.y[rows[k]];
    ids[k] = dataset.ids[rows[k]];
  }
  const inRounds = needsTuningRounds(settings);
  if (inRounds && y.length < settings.tuningFolds) {
    const searched = settings.points.length > 1 || settings.candidates !== undefined;
    const what = searched ? 'tuning' : 'calibration';
    throw new UserError(
      `${what} in ${settings.tuningFolds} folds needs as many training instances; there ${y.length === 1 ? 'is' : 'are'} ${y.length}`,
      {
        hint: `fewer --tuning-folds, or ${settings.points.length > 1 ? '--no-tuning' : searched ? 'one --model' : 'no --calibrate'}`,
      },
    );
  }
  const input = {
    X: selectRows(dataset.X, rows),
    y,
    classCount: classes.length,
    weights:
      settings.sampleWeight === 'none'
        ? undefined
        : sampleWeights(settings.sampleWeight, y, familyCodes(lessons, rows)),
    featureNames: dataset.featureNames,
    classes,
    ids,
    tuningRounds: inRounds ? tuningRounds(dataset, rows, y, settings, context.seed) : undefined,
  };
  const { candidates } = settings;
  if (!candidates) return train(settings, input, context);
  const missing = !settings.impute && missingPerColumn(dataset.X).some((count) => count > 0);
  return trainByRace(settings, candidates, input, missing, context);
}

/** The family of each row as an integer; one name under two labels is two families. */
function familyCodes(lessons: Truth, rows: Uint32Array): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(rows, (row) => {
    const key = `${lessons.label[row]} ${lessons.family[row]}`;
    const code = codes.get(key) ?? codes.size;
    codes.set(key, code);
    return code;
  });
}
