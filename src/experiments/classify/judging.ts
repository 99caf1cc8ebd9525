import { UserError } from '../../errors.js';
import { throwIfCancelled } from '../../ml/fit-context.js';
import type { Dataset, StreamedDataset } from '../../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { selectColumns } from '../../ml/matrix/select-columns.js';
import { predictWith, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import { datasetPart } from '../../schema/vocabulary.js';
import type { ExperimentContext } from '../experiment.js';
import { applyModel } from './apply-model.js';
import { classOfRows, truthOf } from './class-task.js';
import { type JudgedPart, judge, type Rejection } from './judged-part.js';
import { rejectLeastCredible, withCredibility } from './rejection.js';
import type { ClassifySettings } from './settings.js';
import { refuseMissing, type Task } from './task.js';

/** The model applied to some rows of the dataset it was trained on. */
export async function judgeRows(
  task: Task,
  model: TrainedModel,
  rows: Uint32Array,
  { part, fold }: { readonly part: string; readonly fold: number },
  context: ExperimentContext,
): Promise<JudgedPart> {
  const { dataset } = task;
  const n = rows.length;
  const [ids, idents, family] = [new Array<string>(n), new Array<string>(n), new Array<string>(n)];
  const label = new Int8Array(n);
  const trueClass = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const row = rows[k];
    ids[k] = dataset.ids[row];
    idents[k] = dataset.idents[row];
    family[k] = task.truth.family[row];
    label[k] = task.truth.label[row];
    trueClass[k] = task.trueClass[row];
  }
  const of = { part, fold, ids, idents, truth: { label, family }, trueClass };
  return judge(of, await applyModel(model, dataset.X, rows, context), model.classes);
}

/** The model applied to another dataset, whose features are matched by name. */
export async function judgeDataset(
  other: Dataset,
  model: TrainedModel,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<JudgedPart> {
  refuseMissing(other, settings);
  const truth = truthOf(other);
  const of = {
    part: datasetPart(other.name),
    fold: -1,
    ids: other.ids,
    idents: other.idents,
    truth,
    trueClass: classOfRows(truth, model.classes, settings.multiclass),
  };
  const X = columnsByName(other, model.featureNames);
  return judge(of, await applyModel(model, X, everyRow(X.rows), context), model.classes);
}

/** The same as `judgeDataset`, to the byte, for a dataset whose features are read and judged batch by batch. */
export async function judgeStream(
  other: StreamedDataset,
  model: TrainedModel,
  settings: ClassifySettings,
  context: Omit<ExperimentContext, 'stage'>,
): Promise<JudgedPart> {
  const truth = truthOf(other);
  const trueClass = classOfRows(truth, model.classes, settings.multiclass);
  const of = { part: datasetPart(other.name), fold: -1, ids: other.ids, idents: other.idents, truth, trueClass };
  const batches: JudgedPart[] = [];
  let first = 0;
  for await (const X of other.batches()) {
    throwIfCancelled(context.signal);
    const batch = { project: other.project, name: other.name, featureNames: other.featureNames, X };
    refuseMissing(batch, settings);
    const until = first + X.rows;
    const rows = {
      ...of,
      ids: other.ids.slice(first, until),
      // Those of all rows are put in place when the batches are joined.
      idents: [],
      truth: { label: truth.label.subarray(first, until), family: [] },
      trueClass: trueClass.subarray(first, until),
    };
    const columns = columnsByName(batch, model.featureNames);
    const part = judge(rows, predictWith(model, columns), model.classes);
    batches.push(await withCredibility(part, () => columns, model, settings, context));
    first = until;
    context.progress?.(first, other.ids.length, `applying the model to ${other.name}`);
  }
  if (batches.length === 0) throw new UserError(`${other.project}/${other.name} has no instances`);
  return rejectLeastCredible({ ...unionOf(batches, of.part), ...of }, settings);
}

/** The numbers 0 … count-1. */
export const everyRow = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

/** The columns called `names`, in that order; throws UserError where one is absent. */
export function columnsByName(dataset: Named & Pick<Dataset, 'X'>, names: readonly string[]): FeatureMatrix {
  return selectColumns(dataset.X, placesOf(dataset, names));
}

type Named = Pick<Dataset, 'project' | 'name' | 'featureNames'>;

/** Places of the features called `names`, in that order; throws UserError where one is absent. */
export function placesOf(dataset: Named, names: readonly string[]): Uint32Array {
  const index = new Map(dataset.featureNames.map((name, j) => [name, j]));
  const absent = names.filter((name) => !index.has(name));
  if (absent.length > 0) {
    const named = absent
      .slice(0, 5)
      .map((name) => JSON.stringify(name))
      .join(', ');
    const which = `${dataset.project}/${dataset.name}`;
    throw new UserError(`${which} lacks ${absent.length} of the features that the model learned from: ${named}`);
  }
  return Uint32Array.from(names, (name) => index.get(name) ?? 0);
}

/** Some rows of a judged part, in that order. */
export function rowsOfPart(part: JudgedPart, rows: Uint32Array): JudgedPart {
  const pick = <T>(list: readonly T[]): T[] => Array.from(rows, (row) => list[row]);
  const pickNumbers = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]);
  return {
    ...part,
    ids: pick(part.ids),
    idents: pick(part.idents),
    truth: { label: Int8Array.from(rows, (row) => part.truth.label[row]), family: pick(part.truth.family) },
    trueClass: Int32Array.from(rows, (row) => part.trueClass[row]),
    predictedClass: Uint32Array.from(rows, (row) => part.predictedClass[row]),
    value: pickNumbers(part.value),
    probability: pickNumbers(part.probability),
    ...(part.uncalibrated && { uncalibrated: pickNumbers(part.uncalibrated) }),
    score: pickNumbers(part.score),
    ...(part.rejection && {
      rejection: {
        credibility: pickNumbers(part.rejection.credibility),
        farness: pickNumbers(part.rejection.farness),
        rejected: Uint8Array.from(rows, (row) => part.rejection?.rejected[row] ?? 0),
      },
    }),
  };
}

/** Several judged parts as one. */
export function unionOf(judged: readonly JudgedPart[], name: string): JudgedPart {
  const joined = (column: (part: JudgedPart) => Float64Array): Float64Array => {
    const values = new Float64Array(judged.reduce((sum, part) => sum + part.ids.length, 0));
    let at = 0;
    for (const part of judged) {
      values.set(column(part), at);
      at += part.ids.length;
    }
    return values;
  };
  return {
    ...judged[0],
    part: name,
    ids: judged.flatMap(({ ids }) => ids),
    idents: judged.flatMap(({ idents }) => idents),
    truth: {
      label: Int8Array.from(joined(({ truth }) => Float64Array.from(truth.label))),
      family: judged.flatMap(({ truth }) => truth.family),
    },
    trueClass: Int32Array.from(joined(({ trueClass }) => Float64Array.from(trueClass))),
    predictedClass: Uint32Array.from(joined(({ predictedClass }) => Float64Array.from(predictedClass))),
    value: joined(({ value }) => value),
    probability: joined(({ probability }) => probability),
    ...(judged[0].uncalibrated && { uncalibrated: joined(({ uncalibrated }) => uncalibrated ?? new Float64Array(0)) }),
    score: joined(({ score }) => score),
    ...(judged.every(({ rejection }) => rejection) && { rejection: joinedRejections(joined) }),
  };
}

function joinedRejections(joined: (column: (part: JudgedPart) => Float64Array) => Float64Array): Rejection {
  const of = (column: (rejection: Rejection) => Float64Array): Float64Array =>
    joined(({ rejection }) => (rejection ? column(rejection) : new Float64Array(0)));
  return {
    credibility: of(({ credibility }) => credibility),
    farness: of(({ farness }) => farness),
    rejected: Uint8Array.from(of(({ rejected }) => Float64Array.from(rejected))),
  };
}
