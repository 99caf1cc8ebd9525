import { hashedOrder } from './hashed-order.js';

/**
 * Deals n rows to folds so that all rows of a group are in one fold, and every fold has its share of every stratum as
 * nearly as whole groups allow. Groups are dealt one by one, the larger first (sizes within a factor of two in an order
 * drawn by (seed, instance_id of the group's first row in a drawn order)), each to the fold where it adds least to
 * Σ over folds f and strata s of (rows of s in f / rows of s)² / weight of f, that of all rows as one more stratum: the
 * sum is smallest when each stratum is shared out as the weights say. The order of the rows does not matter.
 * The idea is that of scikit-learn's StratifiedGroupKFold; criterion and order are others.
 * O(n log n + groups · folds · strata of a group).
 * @param ids length n, distinct
 * @param groups length n: group of each row; a row of a negative group is a group of its own
 * @param strata length n: class of each row, any integers
 * @param weights share of each fold, > 0
 * @returns length n: fold of each row
 */
export function groupedFolds(
  ids: readonly string[],
  groups: Int32Array,
  strata: Int32Array,
  weights: readonly number[],
  seed: number,
): Int32Array {
  const members = orderedGroups(ids, groups, seed);
  const totals = countsOf(strata, [...strata.keys()]);
  const held = weights.map(() => new Map<number | null, number>());
  const folds = new Int32Array(ids.length);
  for (const rows of members) {
    const own: Map<number | null, number> = countsOf(strata, rows);
    const share = (stratum: number | null): number =>
      stratum === null ? 1 / ids.length : 1 / (totals.get(stratum) ?? 1);
    own.set(null, rows.length);
    let best = 0;
    let least = Infinity;
    weights.forEach((weight, f) => {
      let added = 0;
      for (const [stratum, count] of own) {
        added += (2 * (held[f].get(stratum) ?? 0) * count + count * count) * share(stratum) ** 2;
      }
      // Rounding must not decide between folds that are alike.
      if (added / weight < least * (1 - 1e-12)) [best, least] = [f, added / weight];
    });
    for (const [stratum, count] of own) held[best].set(stratum, (held[best].get(stratum) ?? 0) + count);
    for (const row of rows) folds[row] = best;
  }
  return folds;
}

/** Rows of each group, the groups in the order they are dealt. */
function orderedGroups(ids: readonly string[], groups: Int32Array, seed: number): number[][] {
  // In a drawn order of all rows, so that neither names nor places of the groups decide.
  const [all] = hashedOrder(ids, new Int32Array(ids.length), 'groups', seed);
  const members = new Map<number, number[]>();
  let singles = 0;
  for (const row of all?.rows ?? []) {
    const group = groups[row] < 0 ? --singles : groups[row];
    const rows = members.get(group);
    if (rows) rows.push(row);
    else members.set(group, [row]);
  }
  const magnitude = (rows: readonly number[]): number => Math.floor(Math.log2(rows.length));
  return [...members.values()].sort((a, b) => magnitude(b) - magnitude(a));
}

function countsOf(strata: Int32Array, rows: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(strata[row], (counts.get(strata[row]) ?? 0) + 1);
  return counts;
}
