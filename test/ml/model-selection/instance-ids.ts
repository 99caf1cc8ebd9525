import * as fc from 'fast-check';

/** Distinct ids with a stratum each, and an order to shuffle them by. */
export const arbitraryStrata = fc
  .uniqueArray(fc.string({ maxLength: 8, unit: 'binary' }), { maxLength: 60 })
  .chain((ids) =>
    fc.record({
      ids: fc.constant(ids),
      strata: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: ids.length, maxLength: ids.length }),
      order: fc.shuffledSubarray([...ids.keys()], { minLength: ids.length, maxLength: ids.length }),
      seed: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    }),
  );

export function countsBy<T>(items: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

export const numberedIds = (n: number): string[] => Array.from({ length: n }, (_, i) => `${i}`);
