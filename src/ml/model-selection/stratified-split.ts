import { hashedOrder, type Stratum } from './hashed-order.js';

/** Row numbers, ascending; disjoint, together all rows. */
export interface TrainTestSplit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits n rows into train and test so that every stratum is shared out alike. Which rows of a stratum are taken is
 * drawn by (seed, instance_id) alone, so that the order of the rows does not matter. The test set has
 * round(testShare · n) rows, shared out by largest remainders (equal ones by lot), save that a stratum of two or more
 * rows keeps at least one in train. O(n).
 * @param ids length n, distinct
 * @param strata length n: class of each row, any integers
 * @param testShare in [0, 1]
 */
export function stratifiedSplit(
  ids: readonly string[],
  strata: Int32Array,
  testShare: number,
  seed: number,
): TrainTestSplit {
  const n = ids.length;
  const groups = hashedOrder(ids, strata, 'split', seed);
  const sizes = testSizes(groups, testShare, Math.round(testShare * n));
  const inTest = new Uint8Array(n);
  let testRows = 0;
  groups.forEach(({ rows }, g) => {
    for (let i = 0; i < sizes[g]; i++) inTest[rows[i]] = 1;
    testRows += sizes[g];
  });
  const train = new Uint32Array(n - testRows);
  const test = new Uint32Array(testRows);
  for (let i = 0, a = 0, b = 0; i < n; i++) {
    if (inTest[i]) test[b++] = i;
    else train[a++] = i;
  }
  return { train, test };
}

/** Test rows of each stratum, `total` in all where the caps allow it. */
function testSizes(groups: readonly Stratum[], testShare: number, total: number): number[] {
  const caps = groups.map(({ rows }) => (rows.length > 1 ? rows.length - 1 : 1));
  const quotas = groups.map(({ rows }) => rows.length * testShare);
  const sizes = quotas.map((quota, g) => Math.min(Math.floor(quota), caps[g]));
  let missing = total - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = [...groups.keys()].sort(
    (a, b) => quotas[b] - sizes[b] - (quotas[a] - sizes[a]) || groups[a].firstKey - groups[b].firstKey,
  );
  while (missing > 0) {
    const before = missing;
    for (const g of byRemainder) {
      if (missing === 0 || sizes[g] >= caps[g]) continue;
      sizes[g]++;
      missing--;
    }
    // Every stratum is at its cap.
    if (missing === before) break;
  }
  return sizes;
}
