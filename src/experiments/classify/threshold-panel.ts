import { type FamilyGroups, familyCountsAbove } from '../../ml/metrics/families.js';
import { type ScoreCurve, scoreCurve } from '../../ml/metrics/score-curve.js';
import { sliderPositions, thresholdTable } from '../../ml/metrics/threshold-table.js';
import {
  bestF1Threshold,
  thresholdAtFdr,
  thresholdAtFpr,
  thresholdForAlertBudget,
} from '../../ml/metrics/thresholds.js';
import type { AnyPanel, PanelOf } from '../../schema/result-document.js';
import type { JudgedPart } from './judged-part.js';
import type { LabelledPart } from './labelled-part.js';

/** So many families of a part follow the threshold, the largest. */
const followingFamilies = 50;

/** Counts at every position of the threshold: of the part as a whole, and of its largest families. */
export function thresholdPanels(labelled: LabelledPart): AnyPanel[] {
  const { curve, of, rows, threshold } = labelled;
  const presets = [
    { name: 'decision', title: 'as decided', threshold },
    { name: 'best-f1', title: 'best F1', threshold: bestF1Threshold(curve) },
    { name: 'fpr-0.01', title: 'false positive rate 1 %', threshold: thresholdAtFpr(curve, 0.01) },
    { name: 'fdr-0.05', title: 'false discovery rate 5 %', threshold: thresholdAtFdr(curve, 0.05) },
  ];
  const positions = sliderPositions(curve, of.scale, [
    ...presets.map((preset) => preset.threshold),
    ...budgetThresholds(rows.length === of.value.length ? curve : alertCurve(of)),
  ]);
  const table = thresholdTable(curve, positions);
  const data = {
    scale: of.scale,
    thresholds: Array.from(table.thresholds),
    truePositives: Array.from(table.truePositives),
    falsePositives: Array.from(table.falsePositives),
    falseNegatives: Array.from(table.falseNegatives),
    trueNegatives: Array.from(table.trueNegatives),
    ...unlabeledAlerts(of, positions),
    presets,
  };
  return [
    { kind: 'threshold-table', id: `threshold-table:${of.part}`, title: 'Thresholds', part: of.part, data },
    familyThresholdPanel(of, labelled.families, positions),
  ];
}

/** The thresholds of a part without any label: all there is to count is alerts. */
export function unlabeledThresholdPanel(part: JudgedPart, threshold: number): PanelOf<'threshold-table'> {
  const curve = alertCurve(part);
  const positions = sliderPositions(curve, part.scale, [threshold, ...budgetThresholds(curve)]);
  const none = new Array<number>(positions.length).fill(0);
  const data = {
    scale: part.scale,
    thresholds: Array.from(positions),
    truePositives: none,
    falsePositives: none,
    falseNegatives: none,
    trueNegatives: none,
    ...unlabeledAlerts(part, positions),
    presets: [{ name: 'decision', title: 'as decided', threshold }],
  };
  return { kind: 'threshold-table', id: `threshold-table:${part.part}`, title: 'Thresholds', part: part.part, data };
}

/** Of all rows of a part, whatever their label: what raises an alert. */
function alertCurve({ value }: JudgedPart): ScoreCurve {
  return scoreCurve(value, new Uint8Array(value.length));
}

/**
 * How many alerts somebody may have time for: every number up to 20, then some 5 to 30 % apart. The thresholds that
 * keep to them exactly are positions, because at the top of a good model a regular step may hold hundreds of alerts.
 */
const alertBudgets: readonly number[] = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  ...[1, 10, 100, 1000].flatMap((scale) =>
    [25, 30, 40, 50, 60, 80, 100, 120, 150, 200].map((budget) => budget * scale),
  ),
];

function budgetThresholds(curve: ScoreCurve): (number | null)[] {
  const rows = curve.positives + curve.negatives;
  return alertBudgets.filter((budget) => budget < rows).map((budget) => thresholdForAlertBudget(curve, budget));
}

/** Rows without a label that raise an alert, by position; nothing where every row has one. */
function unlabeledAlerts({ truth, value }: JudgedPart, positions: Float64Array): { unlabeledAlerts?: number[] } {
  if (!truth.label.includes(-1)) return {};
  const values = value.filter((_, i) => truth.label[i] === -1);
  const table = thresholdTable(scoreCurve(values, new Uint8Array(values.length)), positions);
  return { unlabeledAlerts: Array.from(table.falsePositives) };
}

/** How the largest families fare at every position of the threshold table, as steps: most positions change nothing. */
function familyThresholdPanel(of: JudgedPart, all: FamilyGroups, positions: Float64Array): AnyPanel {
  const groups = all.groups.slice(0, followingFamilies);
  const codes = all.codes.map((code) => (code < groups.length ? code : -1));
  const counts = familyCountsAbove({ groups, codes }, of.value, positions);
  const p = positions.length;
  const families = groups.map(({ family, malicious, instances }, g) => ({
    family,
    label: malicious ? ('malicious' as const) : ('benign' as const),
    instances,
    ...steps(counts.subarray(g * p, (g + 1) * p)),
  }));
  return {
    kind: 'family-thresholds',
    id: `family-thresholds:${of.part}`,
    title: 'Families by threshold',
    part: of.part,
    data: { positions: p, familiesInAll: all.groups.length, families },
  };
}

/** Where a column changes, and to what. */
function steps(column: Uint32Array): { from: number[]; calledMalicious: number[] } {
  const from: number[] = [];
  const calledMalicious: number[] = [];
  for (let i = 0; i < column.length; i++) {
    if (i > 0 && column[i] === column[i - 1]) continue;
    from.push(i);
    calledMalicious.push(column[i]);
  }
  return { from, calledMalicious };
}
