import { featureDifferences, nearestRows, type NearRow, unitsOf } from '../../ml/explanation/nearest-instances.js';
import { turningChanges } from '../../ml/explanation/turning-changes.js';
import { type FeatureMatrix, selectRows, toDense } from '../../ml/matrix/feature-matrix.js';
import { withCells } from '../../ml/matrix/replace-column.js';
import { selectColumns } from '../../ml/matrix/select-columns.js';
import { maliciousValues } from '../../ml/model-selection/malicious-values.js';
import { predictWith, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { NearestInstances } from '../../schema/api/instance.js';
import { binaryClasses, classOfRows } from '../classify/class-task.js';
import { placesOf } from '../classify/judging.js';
import type { KnownInstances } from './reference-groups.js';

/** Labelled instances that others are held against, with what one unit of each of their features is worth. */
export interface SearchedInstances {
  readonly known: KnownInstances;
  /** Rows with a label. */
  readonly rows: Uint32Array;
  /** Are they what a model learned from? */
  readonly training: boolean;
  /** Length d, see `unitsOf`. */
  readonly units: Float64Array;
}

/** The labelled ones among `rows`. One pass over their cells. */
export function searchedInstances(known: KnownInstances, rows: Uint32Array, training: boolean): SearchedInstances {
  const labelled = rows.filter((row) => known.label(row) !== null);
  return { known, rows: labelled, training, units: unitsOf(known.dataset.X, labelled) };
}

/** An instance whose neighbours are wanted, and what is made of it. */
export interface InstanceInQuestion {
  readonly known: KnownInstances;
  readonly row: number;
  /** What an experiment called it: the name of a class; absent: its label counts. */
  readonly called?: string;
  /** Absent: nothing is said of what a model would make of other values. */
  readonly model?: TrainedModel;
  /** Malicious iff the model's value is greater. */
  readonly threshold: number | null;
}

/** Features listed of those in which two instances differ. */
const mostDifferences = 10;
/** Differences tried out on the model, those that make up most of the distance. */
const mostChanges = 200;

/**
 * The labelled instances nearest to one, of the class that it is called and of the others, and what would have to be
 * different: the features in which they differ most, and how the model's value changes as the instance takes over one
 * after the other. An instance of unknown class is held against each label. Throws UserError where the two datasets do
 * not have the same features.
 */
export function nearestInstances(
  { known, row, called, model, threshold }: InstanceInQuestion,
  searched: SearchedInstances,
  count: number,
): NearestInstances {
  const { dataset } = searched.known;
  const places = placesOf(known.dataset, dataset.featureNames);
  const own = selectColumns(selectRows(known.dataset.X, Uint32Array.of(row)), places);
  const instance = toDense(own).values;
  const others = searched.known === known ? searched.rows.filter((one) => one !== row) : searched.rows;
  const question = model && questionTo(model, called, threshold);
  const asked = question && askedModel(question, dataset.featureNames, own);
  const turnsAt = asked ? question.threshold : null;
  const groups = groupsFor(called ?? known.label(row), searched.known, others, model).map(({ rows, ...group }) => ({
    ...group,
    instances: rows.length,
    nearest: nearestRows(dataset.X, instance, searched.units, rows, count).map((near) =>
      describe(near, instance, searched, group.relation === 'same' ? undefined : asked, turnsAt),
    ),
  }));
  return {
    searched: { dataset: dataset.name, instances: searched.rows.length, training: searched.training },
    asked: asked ? question.asked : null,
    value: asked ? orNull(asked([[]])[0]) : null,
    threshold: turnsAt,
    groups,
  };
}

/** What a model is asked of rows, and the answer above which it calls them what it did. */
interface Question {
  readonly asked: 'malicious' | 'lead';
  readonly model: TrainedModel;
  readonly threshold: number | null;
  readonly valuesOf: (X: FeatureMatrix) => Float64Array;
}

/** Undefined for a multiclass model without the class that the instance is called. */
function questionTo(model: TrainedModel, called: string | undefined, threshold: number | null): Question | undefined {
  if (isBinary(model)) {
    return { asked: 'malicious', model, threshold, valuesOf: (X) => maliciousValues(model, X) };
  }
  const own = model.classes.findIndex(({ name }) => name === called);
  return own < 0 ? undefined : { asked: 'lead', model, threshold: 0, valuesOf: (X) => leadOf(model, X, own) };
}

/** By how much class `own` leads the next one, in probability or score; length n. */
function leadOf(model: TrainedModel, X: FeatureMatrix, own: number): Float64Array {
  const { probabilities, scores, classCount } = predictWith(model, X);
  const values = probabilities ?? scores;
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const of = values?.subarray(i * classCount, (i + 1) * classCount) ?? new Float64Array(0);
    const next = of.reduce((most, value, k) => (k === own ? most : Math.max(most, value)), Number.NEGATIVE_INFINITY);
    return of[own] - next;
  });
}

const isBinary = ({ classes }: TrainedModel): boolean => classes.every(({ family }) => family === null);

interface Group {
  readonly relation: 'other' | 'same' | null;
  readonly title: string;
  readonly rows: Uint32Array;
}

/** The searched rows by class: not of the class called, then of it; by label where none is called. */
function groupsFor(
  called: string | null,
  known: KnownInstances,
  rows: Uint32Array,
  model: TrainedModel | undefined,
): Group[] {
  const classes = model?.classes ?? binaryClasses;
  const multiclass = model !== undefined && !isBinary(model);
  const classOf = classOfRows(known.truth, classes, multiclass);
  const own = classes.findIndex(({ name }) => name === called);
  const where = (holds: (row: number) => boolean): Uint32Array => rows.filter(holds);
  if (own >= 0) {
    const rest = multiclass ? 'every other class' : classes[1 - own].name;
    return [
      { relation: 'other', title: rest, rows: where((one) => classOf[one] !== own) },
      { relation: 'same', title: classes[own].name, rows: where((one) => classOf[one] === own) },
    ];
  }
  return (['malicious', 'benign'] as const).map((title) => ({
    relation: null,
    title,
    rows: where((one) => known.label(one) === title),
  }));
}

type Neighbour = NearestInstances['groups'][number]['nearest'][number];

function describe(
  { row, alike, distance }: NearRow,
  instance: Float64Array,
  { known, units }: SearchedInstances,
  asked: AskedModel | undefined,
  threshold: number | null,
): Neighbour {
  const { dataset } = known;
  const theirs = toDense(selectRows(dataset.X, Uint32Array.of(row))).values;
  const differing = featureDifferences(dataset.X, row, instance, units);
  const listed = differing.slice(0, mostDifferences);
  const cells = differing.slice(0, mostChanges).map(({ feature }) => ({ feature, value: theirs[feature] }));
  const after = asked?.(listed.map((_, k) => cells.slice(0, k + 1)));
  const cell = ({ feature }: { readonly feature: number }) => ({
    index: feature,
    name: dataset.featureNames[feature],
    own: orNull(instance[feature]),
    theirs: orNull(theirs[feature]),
  });
  const turning =
    asked && threshold !== null
      ? turningChanges(cells.length, asked([[]])[0], threshold, (lists) =>
          asked(lists.map((list) => list.map((k) => cells[k]))),
        )
      : null;
  return {
    instanceId: dataset.ids[row],
    ident: dataset.idents[row],
    label: known.label(row),
    family: known.family(row),
    alike,
    distance: orNull(distance),
    differing: differing.length,
    differences: listed.map((one, k) => ({
      ...cell(one),
      difference: orNull(one.difference),
      valueAfter: after ? orNull(after[k]) : null,
    })),
    turning: turning && {
      count: turning.taken.length,
      value: orNull(turning.value),
      changes: turning.taken.slice(0, mostDifferences).map((k) => cell(cells[k])),
    },
  };
}

interface Cell {
  readonly feature: number;
  readonly value: number;
}

/** What a model makes of an instance with each list of cells in place of its own. */
type AskedModel = (lists: readonly (readonly Cell[])[]) => Float64Array;

/** Undefined where the model knows features that the instance lacks. */
function askedModel(
  { model, valuesOf }: Question,
  names: readonly string[],
  instance: FeatureMatrix,
): AskedModel | undefined {
  const place = new Map(names.map((name, j) => [name, j]));
  if (model.featureNames.some((name) => !place.has(name))) return undefined;
  const columnIn = new Map(model.featureNames.map((name, column) => [place.get(name), column]));
  const columns = Uint32Array.from(model.featureNames, (name) => place.get(name) ?? 0);
  const own = selectColumns(instance, columns);
  return (lists) => {
    const variants = lists.map((cells) =>
      cells.flatMap(({ feature, value }) => {
        const column = columnIn.get(feature);
        return column === undefined ? [] : [{ column, value }];
      }),
    );
    return valuesOf(withCells(own, 0, variants));
  };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
