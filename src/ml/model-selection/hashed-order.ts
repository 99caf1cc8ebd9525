import { descendingOrder } from '../metrics/row-order.js';
import { hash32 } from '../random/stream.js';

/**
 * Rows of each stratum in an order drawn by (seed, purpose, instance_id) and by nothing else: a hash of 53 bits, equal
 * hashes by the text of the id. Neither the order of the rows nor what other rows there are changes which of two rows
 * comes first.
 * @param ids length n, distinct
 * @param strata length n: any integers
 * @returns strata ascending
 */
export function hashedOrder(ids: readonly string[], strata: Int32Array, purpose: string, seed: number): Stratum[] {
  const keys = hashes(ids, purpose, seed);
  const members = new Map<number, number[]>();
  for (const row of descendingOrder(keys)) {
    const rows = members.get(strata[row]);
    if (rows) rows.push(row);
    else members.set(strata[row], [row]);
  }
  const byIdAmongEquals = (a: number, b: number): number => keys[b] - keys[a] || (ids[a] < ids[b] ? -1 : 1);
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([stratum, rows]) => {
      if (rows.some((row, i) => i > 0 && keys[row] === keys[rows[i - 1]])) rows.sort(byIdAmongEquals);
      return { stratum, rows, firstKey: keys[rows[0]] };
    });
}

export interface Stratum {
  readonly stratum: number;
  /** In the order drawn. */
  readonly rows: readonly number[];
  /** Hash of the first row: a number drawn for the stratum, in [0, 1). */
  readonly firstKey: number;
}

/** Uniform in [0, 1), 53 bits of two 32-bit hashes. */
function hashes(ids: readonly string[], purpose: string, seed: number): Float64Array {
  // A seed may have more than 32 bits: both halves take part.
  const high = Math.floor(seed / 4294967296);
  const seed1 = hash32(`${purpose} 1 ${high}`, seed >>> 0);
  const seed2 = hash32(`${purpose} 2 ${high}`, seed >>> 0);
  return Float64Array.from(
    ids,
    (id) => ((hash32(id, seed1) >>> 5) * 67108864 + (hash32(id, seed2) >>> 6)) / 9007199254740992,
  );
}
