import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import type { PanelOf } from '../../../src/schema/result-document.js';
import { classifySettings } from './classify-settings.js';

const context: ExperimentContext = { seed: 0, executor: inlineExecutor, stage: () => {} };

const settings = (validation: Validation): ClassifySettings =>
  classifySettings('decision-tree', validation, { tuningFolds: 2 });

/**
 * One row an instant: until 20 the feature tells the label; of the ten rows from 20, 30 and 40 on, one, two and four
 * malicious ones do not show it. Five of each ten are malicious.
 */
function fading(): Dataset {
  const n = 50;
  const label = Int8Array.from({ length: n }, (_, row) => row % 2);
  const hidden = new Set([21, 31, 33, 41, 43, 45, 47]);
  const X = denseFromRows(Array.from(label, (malicious, row) => [hidden.has(row) ? 0 : malicious]));
  return {
    project: 'P',
    name: 'fading',
    ids: Array.from(label, (_, row) => `i${row}`),
    idents: Array.from(label, (_, row) => `instance ${row}`),
    timestamps: Float64Array.from(label, (_, row) => row),
    featureNames: ['a'],
    featureTypes: ['binary'],
    X,
    labels: { label, family: Int32Array.from(label), families: ['good', 'bad'] },
    hash: 'fading',
  };
}

const areaOf = (a: number, b: number, c: number): number => ((a + b) / 2 + (b + c) / 2) / 2;
const f1 = (found: number): number => (2 * found) / (found + 5);

describe('decay, by arithmetic', () => {
  it('of a model trained once: figures of spans of the test part, and the area under them', async () => {
    const validation: Validation = { mode: 'cutoff', cutoff: 20, periods: 3, gap: 0, labelDelay: 0 };
    const { headline, panels } = await classify(fading(), [], settings(validation), context);
    const panel = panels.find(({ kind }) => kind === 'decay') as PanelOf<'decay'>;
    expect(panel.part).toBe('test');
    const recall = panel.data.periods.map(({ figures }) => figures.find(({ name }) => name === 'recall')?.value);
    // From 20 to 49 in three: the begins are 20, 29.67 and 39.33, the next whole millisecond each.
    expect(panel.data.periods.map(({ from }) => from)).toEqual([20, 30, 40]);
    expect(panel.data.periods.map(({ instances, malicious }) => [instances, malicious])).toEqual([
      [10, 5],
      [10, 5],
      [10, 5],
    ]);
    expect(recall).toEqual([0.8, 0.6, 0.2]);
    expect(headline['test.aut.recall']).toBeCloseTo(areaOf(0.8, 0.6, 0.2), 12);
    expect(headline['test.aut']).toBeCloseTo(areaOf(f1(4), f1(3), f1(1)), 12);
    expect(headline['test.aut.precision']).toBe(1);
    expect(headline['test.aut.falsePositiveRate']).toBe(0);
    expect(headline['test.recall']).toBeCloseTo(8 / 15, 12);
  });

  it('takes as many spans as have both labels in each, at most ten', async () => {
    const validation: Validation = { mode: 'cutoff', cutoff: 20, gap: 0, labelDelay: 0 };
    const { panels } = await classify(fading(), [], settings(validation), context);
    const panel = panels.find(({ kind }) => kind === 'decay') as PanelOf<'decay'>;
    expect(panel.data.periods.length).toBe(10);
    expect(panel.data.periods.every(({ malicious, instances }) => malicious > 0 && malicious < instances)).toBe(true);
  });

  it('of models trained again and again: the folds', async () => {
    const window = { mode: 'sliding-window', buckets: 5, trainBuckets: 2, testBuckets: 1 } as const;
    const validation: Validation = { ...window, bucketBy: 'instances', gap: 0, labelDelay: 0 };
    const { headline, panels } = await classify(fading(), [], settings(validation), context);
    const panel = panels.find(({ kind }) => kind === 'decay') as PanelOf<'decay'>;
    expect(panel.data.periods.map(({ part, from, until }) => [part, from, until])).toEqual([
      ['fold.0', 20, 30],
      ['fold.1', 30, 40],
      ['fold.2', 40, 49],
    ]);
    expect(headline['cv.aut.recall']).toBeCloseTo(areaOf(0.8, 0.6, 0.2), 12);
    expect(headline['cv.recall']).toBeCloseTo((0.8 + 0.6 + 0.2) / 3, 12);
  });

  it('has no area over a period that leaves the figure undefined, and says so', async () => {
    // Spans of a row each: one without malicious rows and alerts has no F1.
    const validation: Validation = { mode: 'cutoff', cutoff: 40, periods: 9, gap: 0, labelDelay: 0 };
    const { headline, warnings } = await classify(fading(), [], settings(validation), context);
    expect(headline['test.aut']).toBeNull();
    expect(warnings.join()).toMatch(/the test part: no AUT, as F1 is undefined in \d of 9 periods/);
  });
});

describe('warnings of a split', () => {
  it('tell of a random split of instances with times, and of rows and groups on both sides', async () => {
    const group = Int32Array.from({ length: 50 }, (_, row) => row % 12);
    const groups = new Map([['campaign', { group, names: Array.from({ length: 12 }, String) }]]);
    const validation: Validation = { mode: 'random', testSize: 0.2 };
    const { warnings } = await classify({ ...fading(), groups }, [], settings(validation), context);
    const text = warnings.join('\n');
    expect(text).toContain('--validation random lets the model learn from later ones than it is tested on');
    expect(text).toContain('10 of 10 tested instances (100 %) have exactly the features of an instance trained on');
    expect(text).toMatch(
      /\d+ of 10 tested instances \(\d+ %\) are of a "campaign" that was trained on, too: --group-by/,
    );
  });

  it('do not where the split keeps them apart', async () => {
    const { timestamps: _, ...dataset } = fading();
    const group = Int32Array.from({ length: 50 }, (_, row) => row % 12);
    const groups = new Map([['campaign', { group, names: Array.from({ length: 12 }, String) }]]);
    const validation: Validation = { mode: 'random', testSize: 0.2, groupBy: 'campaign' };
    const { warnings } = await classify({ ...dataset, groups }, [], settings(validation), context);
    expect(warnings.join('\n')).not.toMatch(/campaign" that was trained on|--validation random lets/);
  });
});
