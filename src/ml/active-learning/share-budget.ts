import { shuffle, type RandomStream } from '../random/stream.js';

/**
 * Shares `total` queries out over groups of `sizes`: equal shares, where a group that has fewer gives all it has and the
 * others share what it leaves; what equal shares leave over goes one by one to groups drawn by chance. Sums to `total`,
 * or to all there is if that is less.
 */
export function shareBudget(sizes: readonly number[], total: number, stream: RandomStream): number[] {
  const shares = sizes.map(() => 0);
  let open = sizes.flatMap((size, k) => (size > 0 ? [k] : []));
  let rest = Math.min(
    total,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  while (open.length > 0) {
    const quota = Math.floor(rest / open.length);
    const small = open.filter((k) => sizes[k] <= quota);
    if (small.length === 0) {
      for (const k of open) shares[k] = quota;
      rest -= quota * open.length;
      break;
    }
    for (const k of small) {
      shares[k] = sizes[k];
      rest -= sizes[k];
    }
    open = open.filter((k) => sizes[k] > quota);
  }
  const order = open.slice();
  shuffle(order, stream);
  for (let i = 0; rest > 0 && order.length > 0; i = (i + 1) % order.length, rest--) shares[order[i]]++;
  return shares;
}
