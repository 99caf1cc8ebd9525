import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel } from '../schema/result-document.js';
import { grouped } from '../errors.js';

type Statistics = PanelData<'feature-statistics'>;

/** What is kept of the statistics of a dataset. */
export interface StatisticsEconomy {
  /** Features in the list, those that tell most first. */
  readonly importances: number;
  /** Features in full. */
  readonly features: number;
}

/** Shortens the panels of `stats`, which belong together: a feature that is not listed has no details either. */
export function shortenStatistics(
  panels: readonly AnyPanel[],
  { importances, features }: StatisticsEconomy,
  caps: Set<string>,
): AnyPanel[] {
  const statistics = panels.find((panel) => panel.kind === 'feature-statistics');
  if (statistics?.kind !== 'feature-statistics') return [...panels];
  const order = mostTelling(statistics.data);
  const inFull = new Set(order.slice(0, features));
  const total = grouped(order.length);
  if (order.length > importances) caps.add(`the ${importances} features that tell most of ${total}`);
  if (order.length > features) caps.add(`${features} features of ${total} in full`);
  return panels.flatMap((panel): AnyPanel[] => {
    if (panel.kind === 'feature-statistics') {
      const columns = order.slice(0, importances).sort((a, b) => a - b);
      return [order.length > importances ? { ...panel, data: chooseFeatures(panel.data, columns) } : panel];
    }
    if (panel.kind === 'feature-drift') {
      const rows = panel.data.rows.slice(0, features);
      if (rows.length < panel.data.rows.length) caps.add(`the ${features} features that differ most`);
      return [{ ...panel, data: { ...panel.data, rows } }];
    }
    if (panel.kind !== 'feature-details') return [panel];
    const kept = panel.data.features.filter(({ index }) => inFull.has(index));
    return kept.length === 0 ? [] : [{ ...panel, data: { features: kept } }];
  });
}

/** Places of the features, those whose area under the curve is farthest from a half first. */
function mostTelling({ features, scores }: Statistics): number[] {
  const area = scores.find(({ name }) => name === 'rocAuc')?.values;
  const tells = (i: number): number => Math.abs((area?.[i] ?? 0.5) - 0.5);
  return [...features.keys()].sort((a, b) => tells(b) - tells(a) || a - b);
}

function chooseFeatures(data: Statistics, columns: number[]): Statistics {
  const at = <T>(values: readonly T[]): T[] => columns.map((column) => values[column]);
  const { scores, shapes, columns: _, ...figures } = data;
  const chosen = Object.fromEntries(Object.entries(figures).map(([name, values]) => [name, at<unknown>(values)]));
  return {
    ...(chosen as typeof figures),
    columns,
    scores: scores.map(({ name, values, p }) => ({ name, values: at(values), ...(p && { p: at(p) }) })),
    shapes: shapes.map(({ name, bins }) => ({ name, bins: at(bins) })),
  };
}
