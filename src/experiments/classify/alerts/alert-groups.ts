import { addRow, CentreDistances, rowLengths } from '../../../ml/clustering/centre-distances.js';
import { type ScaledPoints, scalePoints } from '../../../ml/clustering/scale-points.js';
import type { FeatureMatrix } from '../../../ml/matrix/feature-matrix.js';
import { fillMissing } from '../../../ml/preprocessing/impute.js';
import type { AlertGroup, AlertRow } from '../../../schema/panels/alerts.js';
import type { AlertList } from './alert-list.js';
import type { AlertGrouping } from './cluster-alerts.js';

/** The features of alerts on the scale on which they are compared. */
export interface AlertPoints extends ScaledPoints {
  /** The name of each column of X. */
  readonly names: readonly string[];
}

const shownFamilies = 5;
const shownFeatures = 5;
const shownMembers = 10;

/** Scales the features of alerts (n×d); cells that are missing hold the median of the alerts, with an indicator each. */
export function alertPoints(X: FeatureMatrix, featureNames: readonly string[]): AlertPoints {
  const { X: complete, names } = fillMissing(X, featureNames);
  const points = scalePoints(complete);
  return { ...points, names: Array.from(points.kept, (j) => names[j]) };
}

/** An alert as documents keep it. */
export function alertRow({ alerts }: AlertList, at: number): AlertRow {
  const { source, row } = alerts[at];
  const { part, ids, idents, value, truth } = source.part;
  const label = truth.label[row] === -1 ? null : truth.label[row] === 1 ? 'malicious' : 'benign';
  const family = label === null ? null : truth.family[row];
  return { instanceId: ids[row], ident: idents[row], part, rank: at + 1, value: value[row], label, family };
}

/** How many alerts are what, by their labels. */
export function countLabels({ alerts }: AlertList, rows: Iterable<number>) {
  const counts = { malicious: 0, benign: 0, unlabeled: 0 };
  for (const at of rows) {
    const { source, row } = alerts[at];
    const label = source.part.truth.label[row];
    counts[label === 1 ? 'malicious' : label === 0 ? 'benign' : 'unlabeled']++;
  }
  return counts;
}

/** What each group of alerts is, the largest first. */
export function describeGroups(list: AlertList, grouping: AlertGrouping, points: AlertPoints): AlertGroup[] {
  const rowsOf = grouping.names.map((): number[] => []);
  grouping.group.forEach((g, at) => rowsOf[g].push(at));
  const means = groupMeans(points.X, grouping.group, rowsOf);
  const distances = new CentreDistances(points.X, rowLengths(points.X), rowsOf.length);
  distances.centres.set(means);
  rowsOf.forEach((_, g) => distances.centreChanged(g));
  return rowsOf
    .map((rows, g) => ({ rows, g }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => b.rows.length - a.rows.length || a.g - b.g)
    .map(({ rows, g }) => {
      // Smallest first: a group's surest, or what lies nearest its mean.
      const order = ({ probability }: AlertGrouping, at: number): number =>
        probability && !Number.isNaN(probability[at]) ? -probability[at] : distances.squared(at, g);
      const members = rows
        .map((at) => ({ at, key: order(grouping, at) }))
        .sort((a, b) => a.key - b.key || a.at - b.at)
        .slice(0, shownMembers);
      return {
        name: grouping.names[g],
        alerts: rows.length,
        ...countLabels(list, rows),
        best: rows[0] + 1,
        probability: meanOf(rows, grouping.probability),
        families: frequentFamilies(list, rows),
        features: differences(means, g, rowsOf, points),
        members: members.map(({ at }) => alertRow(list, at)),
      };
    });
}

/** g×d row-major. */
function groupMeans(X: FeatureMatrix, group: Int32Array, rowsOf: readonly (readonly number[])[]): Float64Array {
  const means = new Float64Array(rowsOf.length * X.columns);
  for (let at = 0; at < group.length; at++) addRow(X, at, 1, means, group[at] * X.columns);
  rowsOf.forEach(({ length }, g) => {
    for (let j = 0; j < X.columns; j++) means[g * X.columns + j] /= Math.max(1, length);
  });
  return means;
}

/** By how many standard deviations of all alerts the mean of a group differs from that of the others. */
function differences(
  means: Float64Array,
  g: number,
  rowsOf: readonly (readonly number[])[],
  { X, names }: AlertPoints,
): AlertGroup['features'] {
  const d = X.columns;
  const others = rowsOf.reduce((sum, rows, other) => sum + (other === g ? 0 : rows.length), 0);
  if (others === 0) return [];
  const found = names.map((feature, j) => {
    let rest = 0;
    rowsOf.forEach((rows, other) => {
      if (other !== g) rest += (rows.length / others) * means[other * d + j];
    });
    return { feature, difference: means[g * d + j] - rest };
  });
  return found
    .filter(({ difference }) => Math.abs(difference) > 1e-9)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, shownFeatures);
}

function meanOf(rows: readonly number[], values: Float64Array | undefined): number | null {
  if (!values) return null;
  const mean = rows.reduce((sum, at) => sum + values[at], 0) / rows.length;
  return Number.isNaN(mean) ? null : mean;
}

function frequentFamilies({ alerts }: AlertList, rows: readonly number[]): AlertGroup['families'] {
  const counts = new Map<string, AlertGroup['families'][number]>();
  for (const at of rows) {
    const { source, row } = alerts[at];
    const { truth } = source.part;
    if (truth.label[row] === -1) continue;
    const label = truth.label[row] === 1 ? 'malicious' : 'benign';
    const key = `${label} ${truth.family[row]}`;
    const before = counts.get(key);
    if (before) before.alerts++;
    else counts.set(key, { family: truth.family[row], label, alerts: 1 });
  }
  // The map keeps the order of the highest alert, and the sort is stable.
  return [...counts.values()].sort((a, b) => b.alerts - a.alerts).slice(0, shownFamilies);
}
