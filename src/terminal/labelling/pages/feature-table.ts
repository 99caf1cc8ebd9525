import type { QueryFeature } from '../../../labelling/labelling-session.js';
import { column, cutEnd, textCells } from '../cells.js';
import { dataText } from '../data-text.js';
import { type Line, lineOf, type Span, span, type Tone } from '../lines.js';

type Group = QueryFeature['standings'][number]['group'];

/** Features as a table: a line of heads, and a line for each. */
export interface FeatureTable {
  readonly head: Line;
  row(feature: QueryFeature): Line;
}

const tones: Readonly<Record<Group, Tone>> = {
  all: 'all',
  benign: 'benign',
  malicious: 'malicious',
  family: 'plain',
};

const gap = 2;
const valueCells = 10;
const zCells = 6;
const percentileCells = 5;
/** To each side of the middle, one column a standard deviation. */
const barReach = 4;
const barCells = 2 * barReach + 1;
const narrowestName = 18;
const widestName = 44;
const narrowestDescription = 16;
/** Features that are looked at to see which groups there are. */
const looked = 50;

interface Columns {
  readonly groups: readonly Group[];
  /** Bars: one for each group, one for the first, none. */
  readonly bars: 'each' | 'first' | 'none';
  readonly percentile: boolean;
}

/**
 * The table of features that fits into `width` columns: each with its value and where that stands in the groups, as
 * standard deviations from the group's mean (a bar, and the figure) and as the percentile. `family` is the name of the
 * family compared with. A narrow terminal loses bars first, then percentiles.
 */
export function featureTable(
  features: readonly QueryFeature[],
  family: string | null,
  width: number,
  unicode: boolean,
): FeatureTable {
  const groups = groupsOf(features);
  const layouts: Columns[] = [
    { groups, bars: 'each', percentile: true },
    { groups, bars: 'first', percentile: true },
    { groups, bars: 'none', percentile: true },
    { groups, bars: 'none', percentile: false },
  ];
  const chosen = layouts.find((each) => width - cellsOf(each) >= narrowestName) ?? layouts[layouts.length - 1];
  const nameCells = Math.max(0, Math.min(widestName, width - cellsOf(chosen)));
  const room = width - cellsOf(chosen) - nameCells - gap;
  const described = room >= narrowestDescription && features.some(({ description }) => description !== null);
  const blank = span(' '.repeat(gap));
  const groupCells = (k: number): number => cellsOfGroup(chosen, k) - gap;
  const headOf = (group: Group): string => (group === 'family' ? dataText(family ?? 'family', unicode, 60) : group);
  return {
    head: [
      span(column('feature', nameCells), 'quiet'),
      blank,
      span(column('value', valueCells, 'right'), 'quiet'),
      ...groups.flatMap((group, k): Span[] => [
        blank,
        span(column(cutEnd(headOf(group), groupCells(k)), groupCells(k), 'right'), tones[group]),
      ]),
      ...(described ? [blank, span('description', 'quiet')] : []),
    ],
    row: (feature) => [
      span(column(dataText(feature.name, unicode, 200), nameCells)),
      blank,
      span(column(valueWords(feature.value), valueCells, 'right'), feature.value === null ? 'quiet' : 'title'),
      ...groups.flatMap((group, k): Span[] => [
        blank,
        ...standing(feature, group, hasBar(chosen, k), chosen.percentile),
      ]),
      ...(described && feature.description !== null
        ? [blank, span(cutEnd(dataText(feature.description, unicode), room), 'quiet')]
        : []),
    ],
  };
}

/** Benign, malicious and the family where they are known; the whole dataset stands in for what is not. */
function groupsOf(features: readonly QueryFeature[]): Group[] {
  const known = new Set(features.slice(0, looked).flatMap(({ standings }) => standings.map(({ group }) => group)));
  const groups = (['benign', 'malicious', 'family'] as const).filter((group) => known.has(group));
  return known.has('all') && groups.length < 2 ? [...groups, 'all'] : groups;
}

const hasBar = ({ bars }: Columns, k: number): boolean => bars === 'each' || (bars === 'first' && k === 0);

function cellsOfGroup(columns: Columns, k: number): number {
  return gap + zCells + (columns.percentile ? percentileCells : 0) + (hasBar(columns, k) ? barCells + 1 : 0);
}

/** Columns of all but the name. */
function cellsOf(columns: Columns): number {
  return gap + valueCells + columns.groups.reduce((cells, _, k) => cells + cellsOfGroup(columns, k), 0);
}

function standing(feature: QueryFeature, group: Group, withBar: boolean, withPercentile: boolean): Span[] {
  const found = feature.standings.find((each) => each.group === group);
  const z = found?.zScore ?? unvaried(feature.value, found?.mean);
  const far = z !== null && Math.abs(z) >= 3;
  return [
    ...(withBar ? [...deviationBar(z, tones[group]), span(' ')] : []),
    span(column(deviationWords(z, found?.mean), zCells, 'right'), far ? 'title' : 'plain'),
    ...(withPercentile ? [span(column(percentileWords(found?.percentile), percentileCells, 'right'), 'quiet')] : []),
  ];
}

/** A bar to the left (below the mean) or to the right, a column a standard deviation; a longer one ends in an arrow. */
export function deviationBar(z: number | null, tone: Tone): Span[] {
  if (z === null) return [span(' '.repeat(barCells))];
  const halves = Math.min(2 * barReach, Math.round(Math.abs(z) * 2));
  const beyond = Math.abs(z) > barReach;
  const whole = Math.floor(halves / 2) - (beyond ? 1 : 0);
  const below = z < 0;
  const end = beyond ? (below ? '«' : '»') : halves % 2 === 1 ? (below ? '▐' : '▌') : '';
  const drawn = below ? end + '█'.repeat(whole) : '█'.repeat(whole) + end;
  const filled = below ? drawn.padStart(barReach) : drawn.padEnd(barReach);
  const empty = span(' '.repeat(barReach));
  const middle = span('│', 'quiet');
  return below ? [span(filled, tone), middle, empty] : [empty, middle, span(filled, tone)];
}

/** A value that is not that of a group which does not vary is infinitely far from its mean. */
function unvaried(value: number | null, mean: number | undefined): number | null {
  if (value === null || mean === undefined || value === mean) return null;
  return value > mean ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Standard deviations: `+5.2`, `-120`, `>+999`; of a group that does not vary its only value: `all 0`. */
export function deviationWords(z: number | null, mean = Number.NaN): string {
  if (z === null) return '–';
  if (!Number.isFinite(z)) {
    const all = `all ${valueWords(mean)}`;
    return all.length <= zCells ? all : 'const';
  }
  const size = Math.abs(z);
  const sign = z < 0 ? '-' : '+';
  if (size > 999) return z < 0 ? '<-999' : '>+999';
  return `${size < 0.05 ? '' : sign}${size < 99.95 ? size.toFixed(1) : size.toFixed(0)}`;
}

/** A percentile (0 … 100): `p42`; what is nearly the end is not the end. */
export function percentileWords(percentile: number | undefined): string {
  if (percentile === undefined) return '';
  if (percentile > 99 && percentile < 100) return 'p>99';
  if (percentile > 0 && percentile < 1) return 'p<1';
  return `p${Math.round(percentile)}`;
}

/** A value in at most 10 columns. */
export function valueWords(value: number | null): string {
  if (value === null) return 'missing';
  const plain = String(value);
  if (textCells(plain) <= valueCells - 1) return plain;
  const short = Number(value.toPrecision(5)).toString();
  return textCells(short) <= valueCells - 1 ? short : value.toExponential(2);
}

/** What stands in place of a table that cannot be drawn. */
export const noTable = (text: string): FeatureTable => ({ head: lineOf(text, 'quiet'), row: () => [] });
