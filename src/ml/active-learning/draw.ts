import { hash32 } from '../random/stream.js';

/**
 * `count` of the candidates at random, each by its own chance: the same ids are drawn whatever the order of the file and
 * whoever else is a candidate comes in between. All of them where there are fewer.
 * @param purpose a fixed word, and what else tells one draw from another (the iteration)
 */
export function drawByIds(
  candidates: Uint32Array,
  ids: readonly string[],
  count: number,
  seed: number,
  purpose: string,
): Uint32Array {
  const salt = hash32(purpose, seed >>> 0);
  const drawn = Array.from(candidates, (row) => ({ row, chance: hash32(ids[row], salt) }));
  drawn.sort((a, b) => a.chance - b.chance || (ids[a.row] < ids[b.row] ? -1 : 1));
  return Uint32Array.from(drawn.slice(0, Math.max(0, count)), ({ row }) => row);
}
