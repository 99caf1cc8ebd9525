import type { KnownFamily } from './seat.js';

const keys = 9;

/** Whether two entries are the same family under the same label. */
export function sameFamily(a: KnownFamily | null, b: KnownFamily | null): boolean {
  return a !== null && b !== null && a.family === b.family && a.label === b.label;
}

/**
 * The families behind the keys 1 … 9: the largest. A family keeps its key as long as it exists, so that no key changes
 * its meaning under the fingers; only with `renew`, between iterations, larger ones take the keys of smaller ones.
 */
export function assignQuickPicks(
  before: readonly (KnownFamily | null)[],
  families: readonly KnownFamily[],
  renew: boolean,
): readonly (KnownFamily | null)[] {
  const stays = renew ? families.slice(0, keys) : families;
  const picks = Array.from(
    { length: keys },
    (_, k) => stays.find((family) => sameFamily(family, before[k] ?? null)) ?? null,
  );
  const waiting = families.filter((family) => !picks.some((pick) => sameFamily(pick, family)));
  return picks.map((pick) => pick ?? waiting.shift() ?? null);
}
