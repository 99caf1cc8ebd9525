import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { SortState } from '../components/table-columns.js';

export type Statistics = PanelData<'feature-statistics'>;

/** One feature in full. */
export type FeatureDetails = PanelData<'feature-details'>['features'][number];

/** Scores as people call them, and what they mean. */
export const scoreTitles: Readonly<Record<string, { readonly title: string; readonly hint: string }>> = {
  variance: { title: 'Variance', hint: 'square of the standard deviation' },
  anovaF: { title: 'ANOVA F', hint: 'variance between the classes over the variance within them' },
  chi2: { title: 'χ²', hint: 'sums by class against what the sizes of the classes alone would give' },
  mutualInformation: { title: 'Mutual inf.', hint: 'how much the feature tells of the class, in nats' },
  rocAuc: { title: 'ROC AUC', hint: 'of the feature alone as a score; 0.5 tells nothing, 0 and 1 tell all' },
  ks: { title: 'KS', hint: 'largest distance between the distribution functions of malicious and benign' },
  cramersV: { title: 'Cramér’s V', hint: 'association of the values with the class, of features with few values' },
};

/** How much a score tells: an area below a half tells as much as one above. */
export function weightOf(score: string, value: number): number {
  return score === 'rocAuc' ? Math.abs(value - 0.5) : value;
}

/** Rank of each feature by a score, 1 for the one that tells most; null where it has none. */
export function scoreRanks(values: readonly (number | null)[], score: string): (number | null)[] {
  const ranked = [...values.keys()]
    .filter((i) => values[i] !== null)
    .sort((a, b) => weightOf(score, values[b] ?? 0) - weightOf(score, values[a] ?? 0) || a - b);
  const ranks = new Array<number | null>(values.length).fill(null);
  ranked.forEach((i, place) => (ranks[i] = place + 1));
  return ranks;
}

/** The features, by place in the dataset, whose name holds `text`, in the order asked for. What is undefined is last. */
export function orderedFeatures(data: Statistics, text: string, { key, direction }: SortState): number[] {
  const wanted = text.toLowerCase();
  const found = [...data.features.keys()].filter((i) => data.features[i].toLowerCase().includes(wanted));
  const sign = direction === 'ascending' ? 1 : -1;
  if (key === 'dataset') return sign === 1 ? found : found.toReversed();
  if (key === 'feature') return found.sort((a, b) => sign * (data.features[a] < data.features[b] ? -1 : 1));
  const values = columnOf(data, key);
  const score = data.scores.some(({ name }) => name === key) ? key : '';
  return found.sort((a, b) => {
    const [x, y] = [values[a] ?? null, values[b] ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
    return sign * (weightOf(score, x) - weightOf(score, y)) || a - b;
  });
}

const figureKeys = [
  'missing',
  'distinct',
  'zeros',
  'min',
  'max',
  'mean',
  'std',
  'p50',
  'skewness',
  'kurtosis',
] as const;

function columnOf(data: Statistics, key: string): readonly (number | null)[] {
  const figure = figureKeys.find((name) => name === key);
  return figure ? data[figure] : (data.scores.find(({ name }) => name === key)?.values ?? []);
}
