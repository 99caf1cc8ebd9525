import { counted } from '../../errors.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { ColumnDescription } from '../../ml/statistics/describe-column.js';
import { areaUnderCurve } from '../../ml/statistics/two-samples.js';
import { countSorted } from '../../ml/statistics/value-counts.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { CorrelatedFeatures } from './correlated-features.js';

export type Alarm = PanelData<'feature-alarms'>['alarms'][number];

/** A feature, or an order, tells the labels apart by itself from this area under the curve on, or below 1 less it. */
const separates = 0.99;
const orderSeparates = 0.9;
/** Below so many rows of a label, a perfect separation may be chance. */
const enoughRows = 20;
/** A feature is nearly constant where all but so many of its values are the same. */
const nearlyAll = 0.999;
/** A value that stands for "none" is met this often at least. */
const sentinelShare = 0.001;
/** A value that most rows have is the rule, not the exception. */
const mostSentinels = 0.5;
const highSentinels = new Set([99, 999, 9999, 99_999, 999_999, 65_535, 2_147_483_647, 4_294_967_295]);
const lowSentinels = new Set([-1, -9, -99, -999, -9999, -99_999, -2_147_483_648]);

/** What an analyst should look at before training, the gravest first. */
export function featureAlarms(
  dataset: Dataset,
  descriptions: readonly ColumnDescription[],
  correlated: CorrelatedFeatures | null,
): Alarm[] {
  const { featureNames } = dataset;
  const labelled = countLabels(dataset);
  const judged = Math.min(labelled.malicious, labelled.benign) >= enoughRows;
  const each = (find: (description: ColumnDescription, feature: string) => Alarm | null): Alarm[] =>
    descriptions.flatMap((description, j) => find(description, featureNames[j]) ?? []);
  return [
    ...(judged ? each(separation) : []),
    ...(judged ? orderAlarms(dataset) : []),
    ...each(sentinel),
    ...duplicates(featureNames, correlated),
    ...each(constant),
    ...each(nearlyConstant),
  ];
}

function countLabels({ labels }: Dataset): { malicious: number; benign: number } {
  const counts = { malicious: 0, benign: 0 };
  for (const label of labels?.label ?? []) {
    if (label === 1) counts.malicious++;
    else if (label === 0) counts.benign++;
  }
  return counts;
}

function separation({ scores }: ColumnDescription, feature: string): Alarm | null {
  const area = scores.rocAuc.statistic;
  if (!(area >= separates || area <= 1 - separates)) return null;
  return {
    kind: 'separates-labels',
    feature,
    text: `${quoted(feature)} alone tells malicious from benign (area under the curve ${area.toFixed(4)}): make sure that it is known before the label is`,
  };
}

/** An order of the rows that tells the labels: whatever follows it gives them away. */
function orderAlarms({ ids, timestamps, labels }: Dataset): Alarm[] {
  const label = labels?.label;
  if (!label) return [];
  const numericIds = Float64Array.from(ids, (id) => (/^-?\d{1,15}$/.test(id) ? Number(id) : Number.NaN));
  const orders: readonly (readonly [text: string, values: Float64Array])[] = [
    ['the order of the rows', Float64Array.from(ids, (_, row) => row)],
    ['instance_id', numericIds],
    ['timestamp', timestamps ?? new Float64Array(0)],
  ];
  return orders.flatMap(([name, values]) => {
    const side = (wanted: number) =>
      countSorted(values.filter((value, row) => label[row] === wanted && !Number.isNaN(value)).sort());
    const area = areaUnderCurve(side(1), side(0)).statistic;
    if (!(area >= orderSeparates || area <= 1 - orderSeparates)) return [];
    return {
      kind: 'order-separates-labels' as const,
      feature: null,
      text: `${name} nearly gives the label away (area under the curve ${area.toFixed(4)}): no feature may follow it, and a split by time or by id is no fair test`,
    };
  });
}

/** -1, 999 and the like at the end of the values, far from the others: likely "none", which no mean or distance knows. */
function sentinel({ all, inner, ends }: ColumnDescription, feature: string): Alarm | null {
  const [low, high] = inner;
  const exceptional = (count: number): boolean =>
    count >= Math.max(2, sentinelShare * all.count) && count <= mostSentinels * all.count;
  const span = high - low;
  const isLow = lowSentinels.has(all.min) && exceptional(ends[0]) && low >= 0 && all.distinct > 2;
  const isHigh =
    highSentinels.has(all.max) &&
    exceptional(ends[1]) &&
    all.max - high > 3 * Math.max(1, Math.min(span, all.percentiles[5]));
  if (!isLow && !isHigh) return null;
  const [value, count] = isLow ? [all.min, ends[0]] : [all.max, ends[1]];
  return {
    kind: 'sentinel',
    feature,
    text: `${quoted(feature)} is ${value} in ${count} rows, apart from all its other values: if that stands for "not known", leave the cell blank`,
  };
}

function duplicates(names: readonly string[], correlated: CorrelatedFeatures | null): Alarm[] {
  const firstOf = new Map<number, number>();
  for (const { a, b, identical } of correlated?.pairs ?? []) {
    if (identical) firstOf.set(b, Math.min(a, firstOf.get(b) ?? a));
  }
  return [...firstOf]
    .sort(([a], [b]) => a - b)
    .map(([copy, first]) => ({
      kind: 'duplicate',
      feature: names[copy],
      text: `${quoted(names[copy])} is the same as ${quoted(names[first])} in every row`,
    }));
}

function constant({ all, missing }: ColumnDescription, feature: string): Alarm | null {
  if (all.distinct > 1) return null;
  const what =
    all.count === 0 ? 'has no value at all' : `is ${all.min} in every row${missing > 0 ? ' that has it' : ''}`;
  return { kind: 'constant', feature, text: `${quoted(feature)} ${what}: it tells nothing` };
}

function nearlyConstant({ all, mode }: ColumnDescription, feature: string): Alarm | null {
  if (all.distinct < 2 || mode.count < nearlyAll * all.count) return null;
  const others = all.count - mode.count;
  return {
    kind: 'nearly-constant',
    feature,
    text: `${quoted(feature)} is ${mode.value} in all but ${counted(others, 'row')}`,
  };
}

/** A name in a sentence: hostile text, cut to a readable length. */
function quoted(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 79)}…` : name}"`;
}
