import { doubleCell, textCell } from '../cell.js';
import { insertRows } from '../insert-rows.js';
import type { Store } from '../store.js';

export async function insertHeadline(
  store: Store,
  experimentId: string,
  headline: Readonly<Record<string, number | null>>,
): Promise<void> {
  const rows = Object.entries(headline).map(
    ([name, value], position) =>
      [experimentId, position, textCell(name), value === null ? null : doubleCell(value)] as const,
  );
  await insertRows(store, 'headline_figures', rows);
}

/** The figures of some experiments under some names: `figures.get(id)?.get(name)`. */
export async function selectFigures(
  store: Store,
  names: readonly string[],
): Promise<Map<string, Map<string, number | null>>> {
  const figures = new Map<string, Map<string, number | null>>();
  if (names.length === 0) return figures;
  const rows = await store.db
    .selectFrom('headline_figures')
    .select(['experiment_id', 'name', 'value'])
    .where('name', 'in', [...names])
    .execute();
  for (const { experiment_id: id, name, value } of rows) {
    const own = figures.get(id) ?? new Map<string, number | null>();
    figures.set(id, own.set(name, value));
  }
  return figures;
}
