import { anova, chiSquared, type TestResult } from './class-tests.js';
import { cramersV } from './cramers-v.js';
import { smoothDensity } from './density.js';
import { type ColumnFigures, describeCounts, whiskers } from './figures.js';
import { countBins, histogramEdges } from './histogram-edges.js';
import { discreteInformation, neighbourInformation } from './mutual-information.js';
import { areaUnderCurve, kolmogorovSmirnov } from './two-samples.js';
import { mergeAll, type ValueCounts } from './value-counts.js';

/** What may be asked of each feature; the last is the dearest by far. */
export const scoreNames = ['variance', 'anova', 'chi2', 'roc-auc', 'ks', 'cramers-v', 'mutual-information'] as const;

export type ScoreName = (typeof scoreNames)[number];

/** Points that a smooth density is drawn by. */
export const densityPoints = 96;

/** A column in one group of rows. */
export interface GroupDescription extends ColumnFigures {
  readonly missing: number;
  readonly whiskers: readonly [low: number, high: number];
  readonly counts: Uint32Array;
  /** At `densityPoints` positions over `densityRange`; null where there is none to draw. */
  readonly density: Float64Array | null;
}

/** Scores of a feature; NaN where undefined or not asked for. */
export interface FeatureScores {
  readonly variance: number;
  readonly anova: TestResult;
  readonly chi2: TestResult;
  readonly rocAuc: TestResult;
  readonly ks: TestResult;
  readonly cramersV: number;
  readonly mutualInformation: number;
}

export interface ColumnDescription {
  readonly all: ColumnFigures;
  readonly missing: number;
  /** The value met most often, the smallest of equals, and how often. */
  readonly mode: { readonly value: number; readonly count: number };
  /** The second smallest and second largest distinct value; NaN where there are fewer than three. */
  readonly inner: readonly [low: number, high: number];
  /** How often the smallest and the largest value occur. */
  readonly ends: readonly [low: number, high: number];
  readonly edges: Float64Array;
  readonly densityRange: readonly [from: number, to: number];
  /** Counts by bin of all rows of a label, and of all rows together. */
  readonly shapes: Readonly<Record<'malicious' | 'benign' | 'all', Uint32Array>>;
  /** Those that were asked for. */
  readonly groups: readonly GroupDescription[];
  readonly scores: FeatureScores;
}

export interface DescriptionRequest {
  /** Rows of each group. */
  readonly sizes: Uint32Array;
  /** Label of each group: 1 malicious, 0 benign, -1 none. */
  readonly labels: Int8Array;
  /** The class of each group for scores between classes, -1 for none. */
  readonly classes: Int32Array;
  /** Groups to be described one by one. */
  readonly shown: readonly number[];
  readonly bins?: number;
  readonly scores: readonly ScoreName[];
  readonly seed: number;
}

const unknown: TestResult = { statistic: Number.NaN, p: Number.NaN };

/**
 * Describes feature `index` of which `groups` holds the values by group of rows.
 * @param discrete mutual information is that of the counts, not by neighbours
 * @param sample the same of the rows that mutual information is estimated on, where these are not all
 */
export function describeColumn(
  groups: readonly ValueCounts[],
  index: number,
  discrete: boolean,
  request: DescriptionRequest,
  sample: readonly ValueCounts[] | null,
): ColumnDescription {
  const all = mergeAll(groups);
  const { values, counts } = all;
  const figures = describeCounts(all);
  const edges = histogramEdges(all, request.bins);
  const outer = edges.length - 1;
  const tailed =
    outer > 2 && edges[2] - edges[1] < 0.999 * Math.max(edges[1] - edges[0], edges[outer] - edges[outer - 1]);
  const densityRange = tailed ? ([edges[1], edges[outer - 1]] as const) : ([edges[0], edges[outer]] as const);
  const rows = request.sizes.reduce((sum, size) => sum + size, 0);
  let mode = 0;
  for (let i = 1; i < counts.length; i++) if (counts[i] > counts[mode]) mode = i;
  const distinct = values.length;
  const labels = { malicious: ofLabel(groups, 1, request), benign: ofLabel(groups, 0, request) };
  return {
    all: figures,
    missing: rows - all.total,
    mode: distinct === 0 ? { value: Number.NaN, count: 0 } : { value: values[mode], count: counts[mode] },
    inner: distinct < 3 ? [Number.NaN, Number.NaN] : [values[1], values[distinct - 2]],
    ends: distinct === 0 ? [0, 0] : [counts[0], counts[distinct - 1]],
    edges,
    densityRange,
    groups: request.shown.map((g) => describeGroup(groups[g], request.sizes[g], edges, densityRange)),
    shapes: {
      malicious: countBins(labels.malicious, edges),
      benign: countBins(labels.benign, edges),
      all: countBins(all, edges),
    },
    scores: scoresOf(groups, labels, index, discrete, figures, request, sample ?? groups),
  };
}

function describeGroup(
  group: ValueCounts,
  rows: number,
  edges: Float64Array,
  [from, to]: readonly [number, number],
): GroupDescription {
  const figures = describeCounts(group);
  const [lower, upper] = [figures.percentiles[2], figures.percentiles[4]];
  const spread = { std: figures.std, iqr: upper - lower };
  return {
    ...figures,
    missing: rows - group.total,
    whiskers: whiskers(group, lower, upper),
    counts: countBins(group, edges),
    density: smoothDensity(group, spread, from, to, densityPoints),
  };
}

const ofLabel = (groups: readonly ValueCounts[], label: number, { labels }: DescriptionRequest): ValueCounts =>
  mergeAll(groups.filter((_, g) => labels[g] === label));

function scoresOf(
  groups: readonly ValueCounts[],
  { malicious, benign }: { readonly malicious: ValueCounts; readonly benign: ValueCounts },
  index: number,
  discrete: boolean,
  figures: ColumnFigures,
  { classes, scores, seed }: DescriptionRequest,
  sample: readonly ValueCounts[],
): FeatureScores {
  const asked = (name: ScoreName): boolean => scores.includes(name);
  const byClass = (of: readonly ValueCounts[]): ValueCounts[] => {
    const members: ValueCounts[][] = [];
    classes.forEach((code, g) => {
      if (code >= 0) (members[code] ??= []).push(of[g]);
    });
    return members.map(mergeAll);
  };
  const own = byClass(groups);
  const information = (): number =>
    discrete ? discreteInformation(own) : neighbourInformation(byClass(sample), seed, index);
  return {
    variance: asked('variance') ? figures.std ** 2 : Number.NaN,
    anova: asked('anova') ? anova(own) : unknown,
    chi2: asked('chi2') ? chiSquared(own) : unknown,
    rocAuc: asked('roc-auc') ? areaUnderCurve(malicious, benign) : unknown,
    ks: asked('ks') ? kolmogorovSmirnov(malicious, benign) : unknown,
    cramersV: asked('cramers-v') ? cramersV(own) : Number.NaN,
    mutualInformation: asked('mutual-information') && own.length > 1 ? information() : Number.NaN,
  };
}
