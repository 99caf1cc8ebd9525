import type { PanelData } from '../schema/panels/registry.js';
import { shortenStatistics } from './shorten-statistics.js';
import type { AnyPanel } from '../schema/result-document.js';
import { grouped } from '../errors.js';

/** How much of the panels a report keeps. */
export interface PanelEconomy {
  /** Features in full. */
  readonly features: number;
  /** Features of an importance panel, the largest first. */
  readonly importances: number;
  /** Families of a panel, the largest first. */
  readonly families: number;
  /** Points of a curve. */
  readonly curvePoints: number;
  /** Whether folds keep more than their figures. */
  readonly foldDetails: boolean;
  /** Characters of JSON that one panel may have at most. */
  readonly panelSize: number;
}

/** The panels of a report, shortened, and what was left out, in plain sentences. */
export function shortenPanels(
  panels: readonly AnyPanel[],
  economy: PanelEconomy,
): { panels: AnyPanel[]; caps: string[] } {
  const caps = new Set<string>();
  const kept: AnyPanel[] = [];
  for (const panel of shortenStatistics(panels, economy, caps)) {
    if (!economy.foldDetails && panel.part?.startsWith('fold.') && panel.kind !== 'indicators') {
      caps.add('of single folds only the figures');
      continue;
    }
    const shortened = shortenPanel(panel, economy, caps);
    const size = JSON.stringify(shortened.data).length;
    if (size > economy.panelSize) {
      caps.add(`no "${panel.title}"${panel.part === undefined ? '' : ` of ${panel.part}`}, which is too large`);
    } else {
      kept.push(shortened);
    }
  }
  return { panels: kept, caps: [...caps] };
}

function shortenPanel(panel: AnyPanel, economy: PanelEconomy, caps: Set<string>): AnyPanel {
  switch (panel.kind) {
    case 'hexagons':
      // Lists of instances come from the rows.
      return {
        ...panel,
        data: { ...panel.data, hexagons: panel.data.hexagons.map((hexagon) => ({ ...hexagon, members: [] })) },
      };
    case 'importance': {
      const { features } = panel.data;
      if (features.length <= economy.importances) return panel;
      caps.add(`the ${economy.importances} features with the largest weight of ${grouped(features.length)}`);
      return { ...panel, data: largestImportances(panel.data, economy.importances) };
    }
    case 'families': {
      const { rows } = panel.data;
      if (rows.length <= economy.families) return panel;
      caps.add(`the ${economy.families} largest families of ${grouped(rows.length)}`);
      const largest = new Set([...rows].sort((a, b) => b.instances - a.instances).slice(0, economy.families));
      return { ...panel, data: { ...panel.data, rows: rows.filter((row) => largest.has(row)) } };
    }
    case 'roc-curve': {
      const { falsePositiveRate, truePositiveRate, threshold } = panel.data;
      const points = thinning(threshold.length, economy.curvePoints, caps);
      if (points === null) return panel;
      const data = {
        ...panel.data,
        falsePositiveRate: at(falsePositiveRate, points),
        truePositiveRate: at(truePositiveRate, points),
        threshold: at(threshold, points),
      };
      return { ...panel, data };
    }
    case 'precision-recall-curve': {
      const { recall, precision, threshold } = panel.data;
      const points = thinning(threshold.length, economy.curvePoints, caps);
      if (points === null) return panel;
      const data = {
        ...panel.data,
        recall: at(recall, points),
        precision: at(precision, points),
        threshold: at(threshold, points),
      };
      return { ...panel, data };
    }
    default:
      return panel;
  }
}

/** The features that weigh most in any series, in the order of the dataset. */
function largestImportances(data: PanelData<'importance'>, most: number): PanelData<'importance'> {
  const size = (feature: number): number =>
    data.series.reduce((largest, { values }) => Math.max(largest, Math.abs(values[feature])), 0);
  const sizes = data.features.map((_, feature) => size(feature));
  const chosen = [...sizes.keys()]
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    ...data,
    features: at(data.features, chosen),
    columns: chosen,
    series: data.series.map(({ name, values, deviations }) => ({
      name,
      values: at(values, chosen),
      ...(deviations && { deviations: at(deviations, chosen) }),
    })),
  };
}

/** Evenly spread positions of at most `most` of `n` points with both ends; null if all stay. */
function thinning(n: number, most: number, caps: Set<string>): number[] | null {
  if (n <= most) return null;
  caps.add(`${most} points of each curve`);
  return Array.from({ length: most }, (_, k) => Math.round((k * (n - 1)) / (most - 1)));
}

function at<T>(values: readonly T[], positions: readonly number[]): T[] {
  return positions.map((position) => values[position]);
}
