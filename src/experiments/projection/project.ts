import { counted, grouped, UserError } from '../../errors.js';
import { scalePoints } from '../../ml/clustering/scale-points.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { type FeatureMatrix, selectRows } from '../../ml/matrix/feature-matrix.js';
import { fillMissing } from '../../ml/preprocessing/impute.js';
import { classSeparation } from '../../ml/projection/class-separation.js';
import type { ComponentVariance, LinearProjection, Projected } from '../../ml/projection/projection.js';
import { projections } from '../../ml/projection/registry.js';
import { trustworthiness } from '../../ml/projection/trustworthiness.js';
import { randomStream, shuffle } from '../../ml/random/stream.js';
import type { AnyPanel, PanelOf } from '../../schema/result-document.js';
import type { ExperimentContext, ExperimentOutcome } from '../experiment.js';
import { labelClasses } from '../label-classes.js';
import { hexagonPanels } from './hexagon-panels.js';
import { projectedRows } from './projected-rows.js';
import { projectionForDocument, type ProjectionSettings } from './settings.js';

/** Rows whose distances are measured, of more a sample: they are compared pair by pair. */
const measuredRows = 500;
/** Of those the rows whose neighbours are looked for, for trustworthiness, and the rows that they are looked for among. */
const trustedRows = 250;
const mostAround = 5000;
const trustedNeighbours = 10;
/** Features of a component that are named. */
const namedFeatures = 20;

/**
 * Projects instances into few dimensions: coordinates, what the components are made of, how much they keep and how far
 * labels or families lie apart in them. Features are standardised; missing cells become the median, with a column that
 * says so. Supervised algorithms learn from the labels asked for.
 * Throws UserError where nothing varies, or the algorithm cannot have so many components.
 */
export async function projectInstances(
  dataset: Dataset,
  settings: ProjectionSettings,
  context: ExperimentContext,
): Promise<ExperimentOutcome> {
  const { X, names, kept } = scaledColumns(dataset);
  const projection = projections[settings.algorithm];
  const n = X.rows;
  const all = Uint32Array.from({ length: n }, (_, row) => row);
  const learned = labelClasses(dataset.labels, all, settings.by);
  const components = componentCount(settings, n, X.columns, learned.classCount);
  context.stage('projecting');
  const projected = await projection.project({ X, ...learned }, components, settings.params, context);
  context.stage('judging');
  const labels = dataset.truth ?? dataset.labels;
  const known = labels === dataset.labels ? learned : labelClasses(labels, all, settings.by);
  const judged = judge(X, projected, known.classes, context);
  context.stage('describing');
  const { coordinates, linear, variance } = projected;
  const k = projected.components;
  const panels: AnyPanel[] = [];
  if (variance) panels.push(variancePanel(variance, n, X.columns));
  const columns = Array.from(kept, (j) => ({ name: names[j], index: j < dataset.featureNames.length ? j : null }));
  if (linear) panels.push(featuresPanel(linear, k, columns));
  const rows = projectedRows(dataset, labels, coordinates, k);
  panels.push(...hexagonPanels(rows));
  context.stage('writing');
  return {
    settings: projectionForDocument({ ...settings, components: k }, context.seed),
    warnings: [...projected.warnings, ...judged.warnings],
    headline: {
      instances: n,
      components: k,
      explainedVariance: variance ? variance.explained.reduce((sum, value) => sum + value, 0) / variance.total : null,
      classSeparation: judged.separation,
      trustworthiness: judged.trust,
    },
    panels,
    predictions: rows,
    ...(linear && { axes: { features: columns.map(({ name }) => name), components: k, axes: linear.axes } }),
    files: [],
  };
}

/** Throws UserError, before any work, where the algorithm cannot have so many components or has no labels to learn from. */
export function refuseProjection({ X, labels }: Dataset, settings: ProjectionSettings): void {
  const all = Uint32Array.from({ length: X.rows }, (_, row) => row);
  componentCount(settings, X.rows, X.columns, labelClasses(labels, all, settings.by).classCount);
}

/** Names that `headline` may hold. */
export function canProduceProjectionFigure(name: string): boolean {
  return ['instances', 'components', 'explainedVariance', 'classSeparation', 'trustworthiness'].includes(name);
}

/** The columns to project. Throws UserError where all are constant. */
function scaledColumns(dataset: Dataset): {
  X: FeatureMatrix;
  names: readonly string[];
  kept: Uint32Array;
} {
  const { X, names } = fillMissing(dataset.X, dataset.featureNames);
  const scaled = scalePoints(X);
  if (scaled.X.columns === 0) {
    throw new UserError('nothing tells the instances apart: every feature is constant', {
      hint: 'see: secuml stats on the same dataset',
    });
  }
  return { X: scaled.X, names, kept: scaled.kept };
}

function componentCount(
  { algorithm, components, by }: ProjectionSettings,
  rows: number,
  columns: number,
  classCount: number,
): number {
  const projection = projections[algorithm];
  if (projection.supervised && classCount < 2) {
    throw new UserError(`${algorithm} learns from labels: two labels or families are needed`, {
      hint: 'use --algorithm pca, or name a label file with --labels',
    });
  }
  const most = projection.mostComponents(rows, columns, classCount);
  if (most < 1) {
    throw new UserError(
      `${algorithm} needs at least two instances and one feature that varies; there are ${counted(rows, 'instance')} and ${counted(columns, 'such feature')}`,
    );
  }
  if (components !== null && components > most) {
    const ofClasses = projection.supervised ? `, ${classCount} classes by ${by}` : '';
    throw new UserError(
      `--components ${components}: ${algorithm} has at most ${most} here (${counted(rows, 'instance')}, ${counted(columns, 'feature')}${ofClasses})`,
      { hint: algorithm === 'lda' && by === 'label' ? 'more with --by family, or another algorithm' : undefined },
    );
  }
  return components ?? Math.min(projection.usualComponents, most);
}

interface Judged {
  readonly separation: number | null;
  readonly trust: number | null;
  readonly warnings: readonly string[];
}

/** What is measured pair by pair, on a sample of many rows. */
function judge(X: FeatureMatrix, projected: Projected, classes: Int32Array, context: ExperimentContext): Judged {
  const n = X.rows;
  const drawn = Uint32Array.from({ length: n }, (_, row) => row);
  if (n > measuredRows) shuffle(drawn, randomStream(context.seed, 'measured rows'));
  const k = projected.components;
  const measured = drawn.subarray(0, measuredRows);
  const around = drawn.subarray(0, mostAround);
  const coordinates = new Float64Array(around.length * k);
  around.forEach((row, i) => {
    coordinates.set(projected.coordinates.subarray(row * k, (row + 1) * k), i * k);
  });
  const neighbours = Math.min(trustedNeighbours, Math.floor((around.length - 1) / 2));
  const options = { anchors: n > measuredRows ? trustedRows : n, signal: context.signal };
  const trust = neighbours < 1 ? null : trustworthiness(selectRows(X, around), coordinates, k, neighbours, options);
  const own = Int32Array.from(measured, (row) => classes[row]);
  const among = n > mostAround ? grouped(mostAround) : 'all';
  const sampled = `class separation is measured on ${counted(measuredRows, 'instance')} drawn by the seed, trustworthiness on the neighbours of ${trustedRows} of them among ${among}`;
  return {
    separation: classSeparation(coordinates.subarray(0, measured.length * k), k, own),
    trust,
    warnings: n > measuredRows ? [sampled] : [],
  };
}

function variancePanel(
  { explained, total }: ComponentVariance,
  rows: number,
  columns: number,
): PanelOf<'component-variance'> {
  const shares = Array.from(explained, (value) => value / total);
  let [sum, left] = [0, total];
  const cumulative = shares.map((share) => (sum += share));
  const reconstructionError = Array.from(explained, (value) => {
    left = Math.max(0, left - value);
    return (left * (rows - 1)) / (rows * columns);
  });
  const data = { explained: shares, cumulative, reconstructionError };
  return { kind: 'component-variance', id: 'component-variance', title: 'Variance of the components', data };
}

function featuresPanel(
  { axes }: LinearProjection,
  components: number,
  columns: readonly { name: string; index: number | null }[],
): PanelOf<'component-features'> {
  const d = columns.length;
  const data = {
    components: Array.from({ length: components }, (_, c) => {
      const weights = axes.subarray(c * d, (c + 1) * d);
      const order = Array.from(columns.keys()).sort((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]) || a - b);
      return {
        features: order
          .slice(0, namedFeatures)
          .map((j) => ({ feature: columns[j].name, index: columns[j].index, weight: weights[j] })),
      };
    }),
  };
  return { kind: 'component-features', id: 'component-features', title: 'What components are made of', data };
}
