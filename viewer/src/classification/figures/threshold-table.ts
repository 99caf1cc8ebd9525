import type { PanelData } from '../../../../src/schema/panels/registry.js';
import { nearestIndex } from '../../components/nearest-index.js';

/** Counts at every position of the threshold; columns of one length, thresholds ascending. */
export type ThresholdTable = PanelData<'threshold-table'>;

/** How the rows of a part are called at one threshold: malicious iff value > threshold. */
export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Rows without a label that are called malicious. */
  readonly unlabeledAlerts: number;
}

export function countsAt(table: ThresholdTable, position: number): Counts {
  return {
    truePositives: table.truePositives[position],
    falsePositives: table.falsePositives[position],
    falseNegatives: table.falseNegatives[position],
    trueNegatives: table.trueNegatives[position],
    unlabeledAlerts: table.unlabeledAlerts?.[position] ?? 0,
  };
}

/** Everything called malicious, with or without a label. */
export function alertsOf(counts: Counts): number {
  return counts.truePositives + counts.falsePositives + counts.unlabeledAlerts;
}

/** Does any row of the part have a label? */
export function isLabelled(table: ThresholdTable): boolean {
  return table.thresholds.length > 0 && labelledRows(countsAt(table, 0)) > 0;
}

export function labelledRows(counts: Counts): number {
  return counts.truePositives + counts.falsePositives + counts.falseNegatives + counts.trueNegatives;
}

/** The lowest position with at most `alerts` alerts; null where even the highest threshold raises more. */
export function positionForBudget(table: ThresholdTable, alerts: number): number | null {
  for (let position = 0; position < table.thresholds.length; position++) {
    if (alertsOf(countsAt(table, position)) <= alerts) return position;
  }
  return null;
}

/** Where an analyst may want to begin. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** Null where no threshold of the part keeps the promise. */
  readonly position: number | null;
}

const presetTitles: Readonly<Record<string, string>> = {
  decision: 'As decided',
  'best-f1': 'Best F1',
  'fpr-0.01': 'FPR ≤ 1 %',
  'fdr-0.05': 'FDR ≤ 5 %',
};

/** The presets of a table; their exact thresholds are positions of it. */
export function presetsOf(table: ThresholdTable): Preset[] {
  return table.presets.map(({ name, title, threshold }) => ({
    name,
    title: presetTitles[name] ?? title,
    position: threshold === null ? null : nearestIndex(table.thresholds, threshold),
  }));
}

/** The position of the threshold that the experiment decided with. */
export function decisionPosition(table: ThresholdTable): number {
  const preset = table.presets.find(({ name }) => name === 'decision');
  return nearestIndex(table.thresholds, preset?.threshold ?? (table.scale === 'probability' ? 0.5 : 0));
}
