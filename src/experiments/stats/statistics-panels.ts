import type { Dataset } from '../../ml/matrix/dataset.js';
import type { ColumnDescription, GroupDescription, ScoreName } from '../../ml/statistics/describe-column.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { PanelOf } from '../../schema/result-document.js';
import { featureBlock, featureBlockPart } from '../../schema/vocabulary.js';
import type { RowGroup, RowGroups } from './row-groups.js';

/** NaN and infinity are null in a document. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

interface ScoreColumn {
  readonly name: string;
  readonly asked: ScoreName;
  value(description: ColumnDescription): number;
  p?(description: ColumnDescription): number;
}

const scoreColumns: readonly ScoreColumn[] = [
  { name: 'variance', asked: 'variance', value: ({ scores }) => scores.variance },
  {
    name: 'anovaF',
    asked: 'anova',
    value: ({ scores }) => scores.anova.statistic,
    p: ({ scores }) => scores.anova.p,
  },
  { name: 'chi2', asked: 'chi2', value: ({ scores }) => scores.chi2.statistic, p: ({ scores }) => scores.chi2.p },
  { name: 'mutualInformation', asked: 'mutual-information', value: ({ scores }) => scores.mutualInformation },
  {
    name: 'rocAuc',
    asked: 'roc-auc',
    value: ({ scores }) => scores.rocAuc.statistic,
    p: ({ scores }) => scores.rocAuc.p,
  },
  { name: 'ks', asked: 'ks', value: ({ scores }) => scores.ks.statistic, p: ({ scores }) => scores.ks.p },
  { name: 'cramersV', asked: 'cramers-v', value: ({ scores }) => scores.cramersV },
];

/** All features in columns of figures. */
export function statisticsPanel(
  { featureNames, featureTypes, labels }: Dataset,
  descriptions: readonly ColumnDescription[],
  asked: readonly ScoreName[],
): PanelOf<'feature-statistics'> {
  const shapeNames = labels ? (['malicious', 'benign'] as const) : (['all'] as const);
  const figures = (of: (description: ColumnDescription) => number): (number | null)[] =>
    descriptions.map((description) => orNull(of(description)));
  const counts = (of: (description: ColumnDescription) => number): number[] => descriptions.map(of);
  const percentile = (k: number): (number | null)[] => figures(({ all }) => all.percentiles[k]);
  const data: PanelData<'feature-statistics'> = {
    features: [...featureNames],
    types: [...featureTypes],
    count: counts(({ all }) => all.count),
    missing: counts(({ missing }) => missing),
    distinct: counts(({ all }) => all.distinct),
    zeros: counts(({ all }) => all.zeros),
    min: figures(({ all }) => all.min),
    max: figures(({ all }) => all.max),
    mean: figures(({ all }) => all.mean),
    std: figures(({ all }) => all.std),
    p1: percentile(0),
    p5: percentile(1),
    p25: percentile(2),
    p50: percentile(3),
    p75: percentile(4),
    p95: percentile(5),
    p99: percentile(6),
    skewness: figures(({ all }) => all.skewness),
    kurtosis: figures(({ all }) => all.kurtosis),
    scores: scoreColumns
      .filter((column) => asked.includes(column.asked))
      .map(({ name, value, p }) => ({ name, values: figures(value), ...(p && { p: figures(p) }) })),
    shapes: shapeNames.map((name) => ({ name, bins: descriptions.map(({ shapes }) => shapeOf(shapes[name])) })),
  };
  return { kind: 'feature-statistics', id: 'feature-statistics', title: 'Features', data };
}

/** Square roots of the bins' heights as digits of base 36, of the highest one. */
function shapeOf(counts: Uint32Array): string {
  const highest = Math.sqrt(Math.max(1, ...counts));
  return Array.from(counts, (count) => Math.ceil((35 * Math.sqrt(count)) / highest).toString(36)).join('');
}

/** Every feature in full, fifty to a panel. */
export function detailPanels(
  descriptions: readonly ColumnDescription[],
  { groups, shown }: RowGroups,
): PanelOf<'feature-details'>[] {
  const blocks = Math.ceil(descriptions.length / featureBlock);
  return Array.from({ length: blocks }, (_, block) => {
    const from = block * featureBlock;
    const part = featureBlockPart(block);
    const features = descriptions.slice(from, from + featureBlock).map((description, k) => ({
      index: from + k,
      edges: Array.from(description.edges),
      densityRange: [...description.densityRange],
      groups: description.groups.map((group, g) => groupFigures(groups[shown[g]], group)),
    }));
    const last = from + features.length;
    const data = { features };
    return {
      kind: 'feature-details',
      id: `feature-details:${part}`,
      title: `Features ${from + 1} to ${last}`,
      part,
      data,
    };
  });
}

type GroupFigures = PanelData<'feature-details'>['features'][number]['groups'][number];

function groupFigures({ name, label }: RowGroup, group: GroupDescription): GroupFigures {
  return {
    name,
    label,
    instances: group.count + group.missing,
    missing: group.missing,
    distinct: group.distinct,
    zeros: group.zeros,
    min: orNull(group.min),
    max: orNull(group.max),
    mean: orNull(group.mean),
    std: orNull(group.std),
    percentiles: group.percentiles.map(orNull),
    whiskers: group.whiskers.map(orNull),
    counts: Array.from(group.counts),
    // Five digits are more than a picture shows.
    density: group.density && Array.from(group.density, (value) => Number(value.toPrecision(5))),
  };
}
