import type { PanelData } from '../../../../src/schema/panels/registry.js';
import type { ImportanceOrder } from '../page-state.js';

export interface ImportanceRow {
  /** Of the feature in the dataset. */
  readonly index: number;
  readonly name: string;
  readonly value: number;
  /** Over the repeats, where it was measured several times. */
  readonly deviation?: number;
  /** 1 for the largest size. */
  readonly rank: number;
}

type Importance = PanelData<'importance'>;

/** The features whose name has `text` in it, in any case of letters, in order; ranks are among all features. */
export function importanceRows(
  { features, columns }: Importance,
  { values, deviations }: Importance['series'][number],
  order: ImportanceOrder,
  text: string,
): ImportanceRow[] {
  // Below 0 after shuffling is chance: it is no large effect.
  const size = (feature: number): number => (deviations ? values[feature] : Math.abs(values[feature]));
  const bySize = [...values.keys()].sort((a, b) => size(b) - size(a) || a - b);
  const rank = new Uint32Array(values.length);
  bySize.forEach((feature, place) => {
    rank[feature] = place + 1;
  });
  const wanted = text.toLowerCase();
  const rows = features.flatMap((name, k): ImportanceRow[] =>
    wanted === '' || name.toLowerCase().includes(wanted)
      ? [
          {
            index: columns?.[k] ?? k,
            name,
            value: values[k],
            rank: rank[k],
            ...(deviations && { deviation: deviations[k] }),
          },
        ]
      : [],
  );
  const compare: Record<ImportanceOrder, (a: ImportanceRow, b: ImportanceRow) => number> = {
    size: (a, b) => a.rank - b.rank,
    highest: (a, b) => b.value - a.value,
    lowest: (a, b) => a.value - b.value,
    name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    dataset: (a, b) => a.index - b.index,
  };
  return rows.sort((a, b) => compare[order](a, b) || a.index - b.index);
}
