import { counted } from '../../errors.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { ColumnDescription } from '../../ml/statistics/describe-column.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ExperimentContext, ExperimentOutcome } from '../experiment.js';
import { correlatedFeatures, type CorrelatedFeatures, leastCorrelation } from './correlated-features.js';
import { datasetDrift } from './dataset-drift.js';
import { describeAll } from './describe-features.js';
import { featureAlarms } from './feature-alarms.js';
import { groupRows, type RowGroups } from './row-groups.js';
import { type StatsSettings, statsForDocument } from './settings.js';
import { detailPanels, statisticsPanel } from './statistics-panels.js';

/**
 * Describes every feature of a dataset: figures, histograms and densities by label or family, scores against the
 * labels, correlated pairs, what to look at before training, and how another dataset differs.
 * @param other the dataset that `settings.compareDataset` names
 */
export async function stats(
  dataset: Dataset,
  other: Dataset | null,
  settings: StatsSettings,
  context: ExperimentContext,
): Promise<ExperimentOutcome> {
  const groups = groupRows(dataset, settings.by);
  context.stage('describing features');
  const { descriptions, sampled } = await describeAll(dataset, groups, settings, context);
  context.stage('comparing features');
  const correlated = await correlatedFeatures(dataset, descriptions, context);
  const alarms = featureAlarms(dataset, descriptions, correlated);
  if (other) context.stage('comparing datasets');
  const drift = other ? await datasetDrift(dataset, other, context) : null;
  context.stage('writing');
  const statistics = statisticsPanel(dataset, descriptions, settings.scores);
  const panels: AnyPanel[] = [
    statistics,
    { kind: 'feature-alarms', id: 'feature-alarms', title: 'To look at', data: { alarms } },
    pairsPanel(dataset, correlated),
    ...(drift ? [drift] : []),
    ...detailPanels(descriptions, groups),
  ];
  const most = drift?.data.rows[0]?.psi ?? null;
  return {
    settings: statsForDocument(settings, context.seed),
    warnings: [...groupWarnings(dataset, groups, settings), ...sampleWarning(sampled), ...correlated.notes],
    headline: { ...headline(dataset, descriptions), alarms: alarms.length, ...(drift && { 'drift.max': most }) },
    panels,
    files: [],
    statistics: statistics.data,
  };
}

/** Names that `headline` may hold. */
export function canProduceStatistic(name: string, settings: StatsSettings): boolean {
  if (name === 'drift.max') return settings.compareDataset !== undefined;
  return ['features', 'binary', 'numeric', 'constant', 'missing', 'alarms', 'instances'].includes(name);
}

function headline({ ids, featureTypes }: Dataset, descriptions: readonly ColumnDescription[]): Record<string, number> {
  const binary = featureTypes.filter((type) => type === 'binary').length;
  return {
    instances: ids.length,
    features: featureTypes.length,
    binary,
    numeric: featureTypes.length - binary,
    constant: descriptions.filter(({ all }) => all.distinct <= 1).length,
    missing: descriptions.reduce((sum, { missing }) => sum + missing, 0),
  };
}

function pairsPanel({ featureNames }: Dataset, { pairs, compared }: CorrelatedFeatures): AnyPanel {
  const named = pairs.map(({ a, b, r, identical }) => ({ a: featureNames[a], b: featureNames[b], r, identical }));
  const data = { compared, least: leastCorrelation, pairs: named };
  return { kind: 'feature-pairs', id: 'feature-pairs', title: 'Features that say the same', data };
}

function groupWarnings({ labels }: Dataset, { groups, shown }: RowGroups, { by }: StatsSettings): string[] {
  if (!labels) return ['the dataset has no labels: features are described, but not scored'];
  const left = groups.length - shown.length;
  if (by === 'label' || left === 0) return [];
  return [
    `the ${shown.length} largest groups are drawn one by one; ${counted(left, 'smaller family', 'smaller families')} only in the scores`,
  ];
}

function sampleWarning(sampled: number | null): string[] {
  if (sampled === null) return [];
  return [
    `mutual information of numeric features is estimated on ${counted(sampled, 'labelled row')} drawn by the seed; every other figure is of all rows`,
  ];
}
