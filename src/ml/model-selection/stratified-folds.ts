import { hashedOrder } from './hashed-order.js';

/**
 * Deals n rows to k folds: within a stratum in an order drawn by (seed, instance_id), going on from stratum to stratum
 * where the last one ended. Sizes of folds differ by at most 1 in every stratum and in all; the order of the rows does
 * not matter. O(n).
 * @param ids length n, distinct
 * @param strata length n: class of each row, any integers
 * @param k >= 2; folds beyond n stay empty
 * @returns length n: fold 0 … k-1 of each row
 */
export function stratifiedFolds(ids: readonly string[], strata: Int32Array, k: number, seed: number): Int32Array {
  const folds = new Int32Array(ids.length);
  let dealt = 0;
  for (const { rows } of hashedOrder(ids, strata, 'folds', seed)) {
    for (const row of rows) folds[row] = dealt++ % k;
  }
  return folds;
}
