import { counted, UserError } from '../../errors.js';
import { chooseClusterCount } from '../../ml/clustering/choose-count.js';
import type { AnyClustererDef, ClusteringCurve } from '../../ml/clustering/clusterer.js';
import { agreement, type Agreement } from '../../ml/clustering/indices/agreement.js';
import { type Silhouettes, silhouettes } from '../../ml/clustering/indices/silhouette.js';
import { distancesFromMeans } from '../../ml/clustering/cluster-profile.js';
import { unitRows } from '../../ml/clustering/metric.js';
import { clusterers } from '../../ml/clustering/registry.js';
import { scalePoints } from '../../ml/clustering/scale-points.js';
import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import { type FeatureMatrix, selectRows } from '../../ml/matrix/feature-matrix.js';
import { familyGroups } from '../../ml/metrics/families.js';
import { fillMissing } from '../../ml/preprocessing/impute.js';
import { randomStream } from '../../ml/random/stream.js';
import type { PanelOf } from '../../schema/result-document.js';
import type { ExperimentContext, ExperimentOutcome } from '../experiment.js';
import { chosenRows } from './chosen-rows.js';
import { clusterTable, membersByDistance } from './cluster-rows.js';
import { clusterFacts, describedClusters } from './clusters-panel.js';
import { type DescribedColumns, describeDifferences } from './describe-clusters.js';
import { projectPoints } from './project-points.js';
import { type ClusterSettings, clusterForDocument } from './settings.js';

/**
 * Groups instances: their clusters, how good these are, how they agree with labels and families, and what sets each
 * apart. Features are standardised; missing cells become the median, with a column that says so. Clusters are judged by
 * the ground truth where it is known besides the labels asked for.
 */
export async function clusterInstances(
  dataset: Dataset,
  settings: ClusterSettings,
  context: ExperimentContext,
): Promise<ExperimentOutcome> {
  const rows = clusteredInstances(dataset, settings);
  const byAngle = settings.params.metric === 'cosine';
  const columns = describedColumns(dataset, rows, !byAngle);
  if (settings.projection) context.stage('projecting');
  const { X: points, warnings: projected } = settings.projection
    ? await projectPoints(columns.scaled, dataset.labels, rows, settings.projection, context)
    : { X: columns.scaled, warnings: [] };
  const { X, withoutDirection } = byAngle ? unitRows(points) : { X: points, withoutDirection: 0 };
  const clusterer = clusterers[settings.algorithm];
  const curve = settings.clusters === 'auto' ? await chosenCount(clusterer, X, settings, context) : undefined;
  const asked = curve?.chosen ?? (settings.clusters === 'auto' ? 1 : (settings.clusters ?? 1));
  context.stage('clustering');
  const found = await clusterer.cluster(X, asked, settings.params, context);
  const clusters = found.clusterCount;
  context.stage('judging');
  const { distance, inertia } = distancesFromMeans(X, found.cluster, clusters);
  const stream = randomStream(context.seed, 'silhouette');
  const shape = await silhouettes(X, found.cluster, clusters, stream, context);
  context.stage('describing');
  const labels = dataset.truth ?? dataset.labels;
  const members = membersByDistance(found.cluster, distance, clusters);
  const panel = clustersPanel(
    { dataset, labels, rows, distance },
    columns,
    settings,
    found.cluster,
    members,
    shape,
    context.seed,
  );
  context.stage('writing');
  return {
    settings: clusterForDocument(settings, context.seed),
    warnings: [
      ...projected,
      ...directionWarnings(withoutDirection),
      ...found.warnings,
      ...(curve ? finerWarnings(curve) : []),
      ...countWarnings(clusterer.takesClusterCount ? asked : null, clusters),
      ...sampleWarnings(shape, rows.length - members[clusters].length, clusters),
    ],
    headline: {
      instances: rows.length,
      clusters,
      inertia,
      silhouette: shape?.mean ?? null,
      noise: members[clusters].length,
      ...agreements(labels, rows, found.cluster),
      ...found.figures,
    },
    panels: [panel, ...choicePanel(curve ?? found.curve)],
    predictions: clusterTable(dataset, labels, rows, found.cluster, distance, members),
    files: [],
  };
}

async function chosenCount(
  clusterer: AnyClustererDef,
  X: FeatureMatrix,
  { params, clustersBy }: ClusterSettings,
  context: ExperimentContext,
): Promise<ClusteringCurve> {
  context.stage('choosing the number of clusters');
  return chooseClusterCount(X, clusterer, params, clustersBy ?? null, context);
}

/** A gap that rises again later tells of finer clusters than the number that its rule takes. */
export function finerWarnings({ by, x, y, error, chosen }: ClusteringCurve): string[] {
  if (by !== 'gap' || !error) return [];
  const at = y.reduce((most, gap, k) => (gap > y[most] ? k : most), 0);
  if (y[at] - error[at] <= y[x.indexOf(chosen)]) return [];
  return [
    `the gap statistic takes ${chosen}, the first number that the next does not better, but is larger at ${x[at]}: there are finer clusters to be had, for instance with --clusters ${x[at]}`,
  ];
}

function choicePanel(curve: ClusteringCurve | undefined): PanelOf<'cluster-choice'>[] {
  if (curve === undefined) return [];
  const { by, x, y, error, chosen } = curve;
  const title = by === 'neighbour-distance' ? 'The radius' : 'The number of clusters';
  return [
    {
      kind: 'cluster-choice',
      id: 'cluster-choice',
      title,
      data: { by, x: [...x], y: [...y], ...(error && { error: [...error] }), chosen },
    },
  ];
}

/** The rows to cluster, ascending. Throws UserError where there are none, or fewer than clusters asked for. */
export function clusteredInstances(dataset: Dataset, { only, clusters }: ClusterSettings): Uint32Array {
  const rows = chosenRows(dataset, only);
  if (typeof clusters === 'number' && clusters > rows.length) {
    const verb = rows.length === 1 ? 'is' : 'are';
    throw new UserError(`--clusters ${clusters}: there ${verb} only ${counted(rows.length, 'instance')} to cluster`, {
      hint: 'ask for fewer clusters',
    });
  }
  return rows;
}

const agreementNames = [
  'homogeneity',
  'completeness',
  'vMeasure',
  'adjustedRand',
  'adjustedMutualInformation',
] as const;

/** Of single algorithms. */
const ownFigures = ['eps', 'bic', 'logLikelihood'];

/** Names that `headline` may hold. */
export function canProduceClusterFigure(name: string): boolean {
  const own: readonly string[] = [
    'instances',
    'clusters',
    'inertia',
    'silhouette',
    'noise',
    ...agreementNames,
    ...ownFigures,
  ];
  return own.includes(name) || agreementNames.some((figure) => name === `family.${figure}`);
}

/** The columns to cluster by: in their own units, and scaled. */
function describedColumns(dataset: Dataset, rows: Uint32Array, centred: boolean) {
  const { X, names } = fillMissing(selectRows(dataset.X, rows), dataset.featureNames);
  const { X: scaled, scaling } = scalePoints(X, centred);
  if (scaled.columns === 0) {
    throw new UserError('nothing tells the instances apart: every feature is constant', {
      hint: 'see: secuml stats on the same dataset',
    });
  }
  const described: DescribedColumns = { X, scaling, names, features: dataset.featureNames.length };
  return { ...described, scaled };
}

function clustersPanel(
  source: Parameters<typeof clusterFacts>[0],
  columns: DescribedColumns,
  { algorithm }: ClusterSettings,
  cluster: Int32Array,
  members: readonly (readonly number[])[],
  shape: Silhouettes | null,
  seed: number,
): PanelOf<'clusters'> {
  const clusters = members.length - 1;
  const listed = Array.from({ length: Math.min(clusters, describedClusters) }, (_, c) => c);
  if (members[clusters].length > 0) listed.push(-1);
  const differences = describeDifferences(columns, cluster, clusters, listed, seed);
  const described = listed.map((c, k) => {
    const value = c < 0 ? Number.NaN : (shape?.byCluster[c] ?? Number.NaN);
    return {
      ...clusterFacts(source, c, members[c < 0 ? clusters : c], seed),
      ...differences[k],
      silhouette: Number.isNaN(value) ? null : value,
    };
  });
  const data = {
    algorithm,
    instances: cluster.length,
    silhouetteRows: shape?.rows ?? null,
    total: clusters,
    clusters: described,
  };
  return { kind: 'clusters', id: 'clusters', title: 'Clusters', data };
}

/** Against the labels, and against the families where some are known. */
function agreements(
  labels: LabelColumn | undefined,
  rows: Uint32Array,
  cluster: Int32Array,
): Record<string, number | null> {
  const none = Object.fromEntries(agreementNames.map((name) => [name, null]));
  if (!labels) return none;
  const label = Int8Array.from(rows, (row) => labels.label[row]);
  // Nothing can agree or disagree with labels that are all the same.
  const both = label.includes(0) && label.includes(1);
  const byLabel: Agreement | null = both ? agreement(cluster, Int32Array.from(label)) : null;
  const named = label.some((own, place) => own >= 0 && labels.family[rows[place]] >= 0);
  if (!named) return { ...none, ...byLabel };
  const { codes } = familyGroups(
    label,
    Array.from(rows, (row) => labels.families[labels.family[row]] ?? ''),
  );
  const byFamily = agreement(cluster, codes);
  return {
    ...none,
    ...byLabel,
    ...Object.fromEntries(agreementNames.map((name) => [`family.${name}`, byFamily?.[name] ?? null])),
  };
}

function directionWarnings(instances: number): string[] {
  if (instances === 0) return [];
  return [
    `${counted(instances, 'instance')} with nothing but zeros: no direction, so that they lie together, apart from all`,
  ];
}

function countWarnings(asked: number | null, clusters: number): string[] {
  if (asked === null || asked === clusters) return [];
  return [
    `${counted(asked, 'cluster')} were asked for, ${clusters} found: there are no more distinct instances, or some clusters lost theirs`,
  ];
}

function sampleWarnings(shape: Silhouettes | null, clustered: number, clusters: number): string[] {
  return [
    ...(shape && shape.rows < clustered
      ? [`silhouettes are those of ${counted(shape.rows, 'instance')} drawn by the seed; every other figure is of all`]
      : []),
    ...(clusters > describedClusters ? [`the ${describedClusters} largest of ${clusters} clusters are described`] : []),
  ];
}
