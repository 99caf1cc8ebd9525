import { describe, expect, it } from 'vitest';
import type { JudgedPart } from '../../../src/experiments/classify/judged-part.js';
import { labelledPart } from '../../../src/experiments/classify/labelled-part.js';
import { thresholdPanels, unlabeledThresholdPanel } from '../../../src/experiments/classify/threshold-panel.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { panelSchemas, type PanelData } from '../../../src/schema/panels/registry.js';

/** Random rows with ties; a third has no label, and there are more families than follow the threshold. */
function part(scale: 'probability' | 'score', rows = 600, families = 70): JudgedPart {
  const stream = randomStream(5, 'threshold panel');
  const value = Float64Array.from({ length: rows }, () => {
    const grain = stream.below(40) / 40;
    return scale === 'probability' ? grain : 20 * grain - 10 + stream.below(3);
  });
  const label = Int8Array.from({ length: rows }, () => stream.below(3) - 1);
  return {
    part: 'test',
    fold: -1,
    ids: Array.from(value, (_, i) => `${i}`),
    idents: Array.from(value, (_, i) => `row ${i}`),
    truth: {
      label,
      family: Array.from(label, (of) => (of === -1 ? '' : `f${Math.floor(stream.below(families ** 2) ** 0.5)}`)),
    },
    trueClass: Int32Array.from(label),
    classes: [],
    predictedClass: new Uint32Array(rows),
    value,
    scale,
    probability: value,
    score: value,
  };
}

function panelsOf(of: JudgedPart): { table: PanelData<'threshold-table'>; families: PanelData<'family-thresholds'> } {
  const [table, families] = thresholdPanels(labelledPart(of, 0.5));
  return {
    table: panelSchemas['threshold-table'].parse(table.data),
    families: panelSchemas['family-thresholds'].parse(families.data),
  };
}

describe.each(['probability', 'score'] as const)('thresholds of a part by %s', (scale) => {
  const of = part(scale);
  const { table, families } = panelsOf(of);
  const called = (row: number, threshold: number): boolean => of.value[row] > threshold;

  it('count every row of the part once at every position', () => {
    table.thresholds.forEach((threshold, k) => {
      const expected = { tp: 0, fp: 0, fn: 0, tn: 0, unlabeled: 0 };
      for (let i = 0; i < of.value.length; i++) {
        const alert = called(i, threshold);
        if (of.truth.label[i] === -1) expected.unlabeled += Number(alert);
        else if (of.truth.label[i] === 1) expected[alert ? 'tp' : 'fn']++;
        else expected[alert ? 'fp' : 'tn']++;
      }
      expect({
        tp: table.truePositives[k],
        fp: table.falsePositives[k],
        fn: table.falseNegatives[k],
        tn: table.trueNegatives[k],
        unlabeled: table.unlabeledAlerts?.[k],
      }).toEqual(expected);
    });
  });

  it('follow the 50 largest families, step by step', () => {
    expect(families.positions).toBe(table.thresholds.length);
    expect(families.families).toHaveLength(50);
    expect(families.familiesInAll).toBeGreaterThan(50);
    for (const { family, label, instances, from, calledMalicious } of families.families) {
      const code = Number(label === 'malicious');
      const own = of.ids.map(Number).filter((i) => of.truth.family[i] === family && of.truth.label[i] === code);
      expect(own).toHaveLength(instances);
      expect(from[0]).toBe(0);
      let step = 0;
      table.thresholds.forEach((threshold, k) => {
        if (from[step + 1] === k) step++;
        expect(calledMalicious[step]).toBe(own.filter((i) => called(i, threshold)).length);
      });
    }
  });

  it('hold the exact threshold of every preset', () => {
    expect(table.presets.map(({ name }) => name)).toEqual(['decision', 'best-f1', 'fpr-0.01', 'fdr-0.05']);
    for (const { threshold } of table.presets) if (threshold !== null) expect(table.thresholds).toContain(threshold);
  });
});

it('has for every budget up to 20 alerts the very lowest threshold that keeps to it', () => {
  const stream = randomStream(6, 'budgets');
  // As a good model does: most of the malicious above the last step below 1, and ties.
  const fine = Float64Array.from({ length: 600 }, () => 1 - stream.below(300) / 1e6);
  const of = { ...part('probability'), value: fine };
  const { table } = panelsOf(of);
  const alerts = (threshold: number): number => fine.filter((value) => value > threshold).length;
  for (let budget = 1; budget <= 20; budget++) {
    const kept = table.thresholds.map(alerts).filter((count) => count <= budget);
    const possible = [...fine].map(alerts).filter((count) => count <= budget);
    expect(Math.max(...kept)).toBe(Math.max(...possible));
  }
});

it('a part without labels counts its alerts', () => {
  const of = part('probability');
  const label = new Int8Array(of.value.length).fill(-1);
  const { data } = unlabeledThresholdPanel({ ...of, truth: { ...of.truth, label } }, 0.5);
  panelSchemas['threshold-table'].parse(data);
  data.thresholds.forEach((threshold, k) => {
    expect(data.unlabeledAlerts?.[k]).toBe(of.value.filter((value) => value > threshold).length);
  });
});

it('a part whose rows all have a label says nothing of others', () => {
  const of = part('probability');
  const label = of.truth.label.map((value) => Number(value === 1));
  expect(panelsOf({ ...of, truth: { ...of.truth, label } }).table.unlabeledAlerts).toBeUndefined();
});
