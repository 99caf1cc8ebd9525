import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { ascendingOrder } from '../metrics/row-order.js';
import { type RandomStream, shuffle } from '../random/stream.js';

/** One condition on a feature, in the feature's own units. */
export interface RuleCondition {
  readonly column: number;
  /** true: value > threshold; false: value <= threshold. */
  readonly above: boolean;
  readonly threshold: number;
}

/** A short description of a cluster: rows that meet every condition. */
export interface ClusterRule {
  readonly conditions: readonly RuleCondition[];
  /** Share of the rows that meet the rule which are the cluster's. */
  readonly precision: number;
  /** Share of the cluster's rows that meet the rule. */
  readonly recall: number;
}

const mostConditions = 3;
/** A further condition must improve F1 by so much. */
const worthwhile = 0.01;
/** Rows looked at when a rule is sought; it is judged on all. */
const sampleOfCluster = 1000;
const sampleOfOthers = 2000;

/**
 * The conjunction of at most three conditions that tells cluster `wanted` from all other rows best, found greedily by F1
 * on a sample in which each row stands for its share, and judged on all rows. Null for no rows besides the cluster's, or
 * where nothing tells them apart.
 * @param columns the columns to look at
 */
export function clusterRule(
  X: FeatureMatrix,
  cluster: Int32Array,
  wanted: number,
  columns: readonly number[],
  stream: RandomStream,
): ClusterRule | null {
  const inside = sample(X.rows, (row) => cluster[row] === wanted, sampleOfCluster, stream);
  const outside = sample(X.rows, (row) => cluster[row] !== wanted, sampleOfOthers, stream);
  if (inside.total === 0 || outside.total === 0) return null;
  const rows = Uint32Array.from([...inside.rows, ...outside.rows]);
  const weight = Float64Array.from(rows, (_, k) =>
    k < inside.rows.length ? inside.total / inside.rows.length : outside.total / outside.rows.length,
  );
  const cells = cellsOf(X, rows, columns);
  const orders = cells.map(ascendingOrder);
  const conditions: RuleCondition[] = [];
  const left = new Uint8Array(rows.length).fill(1);
  let f1 = f1Of(inside.total, outside.total, inside.total);
  while (conditions.length < mostConditions) {
    const best = bestCondition(cells, orders, left, weight, inside.rows.length, inside.total);
    if (best === null || best.f1 < f1 + worthwhile) break;
    f1 = best.f1;
    conditions.push({ column: columns[best.candidate], above: best.above, threshold: best.threshold });
    const values = cells[best.candidate];
    for (let k = 0; k < left.length; k++) if (values[k] > best.threshold !== best.above) left[k] = 0;
  }
  return conditions.length === 0 ? null : { conditions, ...judge(X, cluster, wanted, conditions, inside.total) };
}

function sample(n: number, belongs: (row: number) => boolean, most: number, stream: RandomStream) {
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (belongs(row)) rows.push(row);
  const total = rows.length;
  if (total <= most) return { rows, total };
  shuffle(rows, stream);
  return { rows: rows.slice(0, most), total };
}

/** The cells of some rows, column by column. */
function cellsOf(X: FeatureMatrix, rows: Uint32Array, columns: readonly number[]): Float64Array[] {
  const cells = columns.map(() => new Float64Array(rows.length));
  if (X.kind === 'dense') {
    columns.forEach((column, c) => {
      for (let k = 0; k < rows.length; k++) cells[c][k] = X.values[rows[k] * X.columns + column];
    });
    return cells;
  }
  const placeOf = new Int32Array(X.columns).fill(-1);
  columns.forEach((column, c) => (placeOf[column] = c));
  for (let k = 0; k < rows.length; k++) {
    for (let at = X.rowStart[rows[k]]; at < X.rowStart[rows[k] + 1]; at++) {
      const place = placeOf[X.columnIndex[at]];
      if (place >= 0) cells[place][k] = X.values[at];
    }
  }
  return cells;
}

/** Cell (row, column) of X. */
export function cellOf(X: FeatureMatrix, row: number, column: number): number {
  if (X.kind === 'dense') return X.values[row * X.columns + column];
  let [low, high] = [X.rowStart[row], X.rowStart[row + 1]];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (X.columnIndex[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low < X.rowStart[row + 1] && X.columnIndex[low] === column ? X.values[low] : 0;
}

const f1Of = (hits: number, falseHits: number, total: number): number => (2 * hits) / (hits + falseHits + total);

interface Candidate {
  readonly candidate: number;
  readonly above: boolean;
  readonly threshold: number;
  readonly f1: number;
}

/**
 * Tries every threshold between two neighbouring values of each column.
 * @param orders the rows by each column's values, ascending
 * @param left 1 for the rows that meet the conditions so far
 */
function bestCondition(
  cells: readonly Float64Array[],
  orders: readonly Uint32Array[],
  left: Uint8Array,
  weight: Float64Array,
  insideCount: number,
  total: number,
): Candidate | null {
  let best: Candidate | null = null;
  let [hits, falseHits] = [0, 0];
  for (let k = 0; k < left.length; k++) {
    if (!left[k]) continue;
    if (k < insideCount) hits += weight[k];
    else falseHits += weight[k];
  }
  const order = new Uint32Array(left.length);
  cells.forEach((values, candidate) => {
    let count = 0;
    for (const k of orders[candidate]) if (left[k]) order[count++] = k;
    let below = 0;
    let falseBelow = 0;
    for (let p = 0; p + 1 < count; p++) {
      const k = order[p];
      if (k < insideCount) below += weight[k];
      else falseBelow += weight[k];
      const value = values[k];
      const next = values[order[p + 1]];
      if (value === next) continue;
      for (const above of [false, true]) {
        const f1 = above ? f1Of(hits - below, falseHits - falseBelow, total) : f1Of(below, falseBelow, total);
        if (best === null || f1 > best.f1 + 1e-12) {
          best = { candidate, above, threshold: shortBetween(value, next), f1 };
        }
      }
    }
  });
  return best;
}

/** The number of fewest digits in [low, high), which as a threshold divides them. */
export function shortBetween(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  for (let digits = 1; digits <= 15; digits++) {
    const short = Number(middle.toPrecision(digits));
    if (short >= low && short < high) return short;
  }
  return low;
}

function judge(
  X: FeatureMatrix,
  cluster: Int32Array,
  wanted: number,
  conditions: readonly RuleCondition[],
  total: number,
): { precision: number; recall: number } {
  let [hits, falseHits] = [0, 0];
  for (let row = 0; row < X.rows; row++) {
    if (!conditions.every(({ column, above, threshold }) => cellOf(X, row, column) > threshold === above)) continue;
    if (cluster[row] === wanted) hits++;
    else falseHits++;
  }
  return { precision: hits + falseHits === 0 ? 0 : hits / (hits + falseHits), recall: hits / total };
}
