import { ascendingOrder } from '../../ml/metrics/row-order.js';
import { nearest, printable, UserError } from '../../errors.js';
import { nearestCounts, valueGrid } from '../../ml/explanation/value-grid.js';
import { type FeatureMatrix, selectRows } from '../../ml/matrix/feature-matrix.js';
import { columnOf } from '../../ml/matrix/replace-column.js';
import { maliciousValues } from '../../ml/model-selection/malicious-values.js';
import { modelToJson, predictWith, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import { randomStream, shuffle } from '../../ml/random/stream.js';
import { varyFeatures } from '../../ml/tasks/vary-features.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ExperimentContext } from '../experiment.js';
import type { PartialDependenceSettings } from './settings.js';
import type { Task } from './task.js';

/** Training rows that are averaged over, at most. */
const mostRows = 1000;
/** Of these, rows whose own curves are kept. */
const curveCount = 20;
/** Values that a feature takes, at most. */
const mostValues = 25;
/** Digits that single curves are kept with: they are looked at. */
const curveDigits = 6;

/** The columns of the features asked for by name; throws UserError for a name that the dataset does not have. */
export function namedColumns(names: readonly string[], featureNames: readonly string[]): number[] {
  const place = new Map(featureNames.map((name, j) => [name, j]));
  return names.map((name) => {
    const column = place.get(name);
    if (column !== undefined) return column;
    throw new UserError(
      `--partial-dependence: there is no feature "${printable(name, 60)}"${nearest(name, featureNames)}`,
    );
  });
}

/** The columns of the features that weigh most in any class, the heaviest first; none without a panel of weights. */
function heaviestColumns(importance: readonly AnyPanel[], most: number, d: number): number[] {
  const panel = importance.find(({ kind }) => kind === 'importance');
  if (panel?.kind !== 'importance') return [];
  const { series } = panel.data;
  const weight = (j: number): number =>
    series.reduce((largest, { values }) => Math.max(largest, Math.abs(values[j])), 0);
  // Indicators of missing cells come after the features themselves: they follow from them.
  const columns = Array.from({ length: d }, (_, j) => j);
  const weights = columns.map(weight);
  return columns.sort((a, b) => weights[b] - weights[a] || a - b).slice(0, most);
}

/**
 * How the value of the kept model depends on single features (--partial-dependence): averaged over at most 1,000 of its
 * training rows, drawn by the seed, with the curves of 20 of them, spread evenly over what the model says of them.
 * @param importance the panel that the heaviest features are chosen by
 */
export async function partialDependencePanel(
  asked: PartialDependenceSettings,
  importance: readonly AnyPanel[],
  { dataset, truth }: Task,
  model: TrainedModel,
  trainedOn: Uint32Array,
  context: ExperimentContext,
): Promise<AnyPanel[]> {
  const columns =
    'features' in asked
      ? namedColumns(asked.features, dataset.featureNames)
      : heaviestColumns(importance, asked.most, dataset.featureNames.length);
  if (columns.length === 0 || trainedOn.length === 0) return [];
  context.stage('varying features');
  const X = selectRows(dataset.X, sample(trainedOn, context.seed));
  const groups = [
    { name: 'malicious', rows: trainedOn.filter((row) => truth.label[row] === 1) },
    { name: 'benign', rows: trainedOn.filter((row) => truth.label[row] === 0) },
    { name: 'unlabeled', rows: trainedOn.filter((row) => truth.label[row] === -1) },
  ].filter(({ rows }) => rows.length > 0);
  const varied = columns.map((feature) => {
    const cells = columnOf(dataset.X, feature);
    const of = (rows: Uint32Array): Float64Array => Float64Array.from(rows, (row) => cells[row]);
    const grid = valueGrid(of(trainedOn), mostValues);
    const counts = groups.map(({ name, rows }) => ({ name, counts: [...nearestCounts(of(rows), grid)] }));
    return { feature, grid, counts };
  });
  const session = context.executor.open({ model: modelToJson(model), X, curves: spreadRows(model, X) });
  try {
    const items = varied.map(({ feature, grid }) => ({ feature, grid }));
    const { signal } = context;
    const progress = (done: number, total: number) => context.progress?.(done, total, 'features varied');
    const found = await session.map(varyFeatures, items, { signal, progress });
    const features = found.map(({ average, individual }, k) => ({
      name: dataset.featureNames[columns[k]],
      column: columns[k],
      grid: [...varied[k].grid],
      average: [...average],
      individual: individual.map((curve) => Array.from(curve, (value) => Number(value.toPrecision(curveDigits)))),
      groups: varied[k].counts,
    }));
    const data: PanelData<'partial-dependence'> = {
      scale: hasProbabilities(model, X) ? 'probability' : 'score',
      chosenBy: 'features' in asked ? 'name' : 'importance',
      rows: X.rows,
      rowsInAll: trainedOn.length,
      features,
    };
    return [{ kind: 'partial-dependence', id: 'partial-dependence', title: 'Partial dependence', data }];
  } finally {
    await session.close();
  }
}

/** At most `mostRows` of the rows, ascending. */
function sample(rows: Uint32Array, seed: number): Uint32Array {
  if (rows.length <= mostRows) return rows.slice().sort();
  const drawn = rows.slice();
  shuffle(drawn, randomStream(seed, 'partial dependence rows'));
  return drawn.slice(0, mostRows).sort();
}

/** Rows from the one that the model finds least malicious to the one it finds most, evenly spread by rank. */
function spreadRows(model: TrainedModel, X: FeatureMatrix): Uint32Array {
  const values = maliciousValues(model, X);
  const order = ascendingOrder(values);
  const count = Math.min(curveCount, order.length);
  const place = (k: number): number => (count === 1 ? 0 : Math.round((k * (order.length - 1)) / (count - 1)));
  return Uint32Array.from({ length: count }, (_, k) => order[place(k)]);
}

const hasProbabilities = (model: TrainedModel, X: FeatureMatrix): boolean =>
  predictWith(model, selectRows(X, Uint32Array.of(0))).probabilities !== null;
