import { createHash } from 'node:crypto';

/**
 * The rows of a sample of `size` instances, increasing: those with the smallest SHA-256 of (seed, instance_id). Which
 * instances are drawn so depends on the seed and the ids alone, not on their order, and a larger sample holds every
 * smaller one. O(n log n).
 */
export function sampleRows(ids: readonly string[], size: number, seed: number): Uint32Array {
  const key = Float64Array.from(ids, (id) => {
    const digest = createHash('sha256').update(`sample ${seed} ${id}`).digest();
    return digest.readUIntBE(0, 6);
  });
  const order = Uint32Array.from(ids.keys());
  // Equal keys (one pair in 2^48) are told apart by the id.
  order.sort((a, b) => key[a] - key[b] || (ids[a] < ids[b] ? -1 : 1));
  return order.slice(0, size).sort();
}
