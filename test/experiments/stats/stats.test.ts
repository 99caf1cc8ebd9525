import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import type { StatsSettings } from '../../../src/experiments/stats/settings.js';
import { stats } from '../../../src/experiments/stats/stats.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseFromRows, selectRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { scoreNames } from '../../../src/ml/statistics/describe-column.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas, type PanelData } from '../../../src/schema/panels/registry.js';
import type { AnyPanel, PanelOf } from '../../../src/schema/result-document.js';
import type { PanelKind } from '../../../src/schema/vocabulary.js';
import { syntheticDataset } from '../classify/synthetic-dataset.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor): ExperimentContext => ({ seed: 3, executor, stage: () => {} });
const settings: StatsSettings = { by: 'label', scores: scoreNames };

function dataOf<K extends PanelKind>(panels: readonly AnyPanel[], kind: K): PanelData<K> {
  return (panels.find((panel) => panel.kind === kind) as PanelOf<K>).data;
}

/** A dataset with the columns given, 40 malicious rows in 100 and those first. */
function withColumns(columns: Record<string, (row: number) => number>): Dataset {
  const base = syntheticDataset({ rows: 100 });
  const names = Object.keys(columns);
  const label = Int8Array.from({ length: 100 }, (_, row) => Number(row < 40));
  const X = denseFromRows(Array.from(label, (_, row) => names.map((name) => columns[name](row))));
  const featureTypes = names.map((name) => (name === 'flag' ? ('binary' as const) : ('numeric' as const)));
  const families = ['worm', 'office'];
  const labels = { label, family: Int32Array.from(label, (code) => 1 - code), families };
  return { ...base, ids: base.ids.map((_, row) => String(row)), featureNames: names, featureTypes, X, labels };
}

describe('stats', () => {
  it('names what an analyst should look at before training', async () => {
    const stream = randomStream(1, 'noise');
    const noise = Array.from({ length: 100 }, () => stream.normal());
    const dataset = withColumns({
      leak: (row) => (row < 40 ? 10 : 0) + noise[row],
      noise: (row) => noise[row],
      copy: (row) => noise[row],
      port: (row) => (row % 20 === 0 ? -1 : (row * 37) % 50),
      still: () => 7,
    });
    const { panels, headline } = await stats(dataset, null, settings, context());
    const { alarms } = dataOf(panels, 'feature-alarms');
    expect(alarms.map(({ kind, feature }) => [kind, feature])).toEqual([
      ['separates-labels', 'leak'],
      ['order-separates-labels', null],
      ['order-separates-labels', null],
      ['sentinel', 'port'],
      ['duplicate', 'copy'],
      ['constant', 'still'],
    ]);
    expect(headline).toMatchObject({ instances: 100, features: 5, numeric: 5, constant: 1, missing: 0, alarms: 6 });
    const { pairs } = dataOf(panels, 'feature-pairs');
    expect(pairs[0]).toEqual({ a: 'noise', b: 'copy', r: expect.closeTo(1, 12), identical: true });
  });

  it.each([1e-300, 1e300])('finds the same correlations in units of %d', async (unit) => {
    const stream = randomStream(1, 'noise');
    const noise = Array.from({ length: 100 }, () => stream.normal());
    const dataset = withColumns({
      noise: (row) => noise[row],
      scaled: (row) => unit * noise[row],
      other: (row) => unit * noise[(row * 37) % 100],
    });
    const { panels } = await stats(dataset, null, settings, context());
    const { pairs } = dataOf(panels, 'feature-pairs');
    expect(pairs).toEqual([{ a: 'noise', b: 'scaled', r: expect.closeTo(1, 12), identical: false }]);
  });

  it('counts every cell once: in a bin of its group, as missing, never twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 })), fc.integer({ min: -1, max: 1 })), {
          minLength: 1,
          maxLength: 60,
        }),
        async (cells) => {
          const values = cells.map(([value]) => (Number.isFinite(value) ? value : Number.NaN));
          const base = syntheticDataset({ rows: cells.length });
          const label = Int8Array.from(cells, ([, code]) => code);
          const dataset: Dataset = {
            ...base,
            featureNames: ['x'],
            featureTypes: ['numeric'],
            X: denseFromRows(values.map((value) => [value])),
            labels: { label, family: Int32Array.from(label, (code) => (code < 0 ? -1 : 0)), families: ['f'] },
          };
          const { panels } = await stats(dataset, null, settings, context());
          for (const panel of panels) panelSchemas[panel.kind].parse(panel.data);
          const { missing, count } = dataOf(panels, 'feature-statistics');
          expect(missing[0]).toBe(values.filter(Number.isNaN).length);
          expect(count[0] + missing[0]).toBe(cells.length);
          const [{ groups }] = dataOf(panels, 'feature-details').features;
          for (const group of groups) {
            const binned = group.counts.reduce((sum, n) => sum + n, 0);
            expect(binned).toBe(group.instances - group.missing);
          }
          expect(groups.reduce((sum, { instances }) => sum + instances, 0)).toBe(cells.length);
        },
      ),
    );
  });

  it('says the same of a sparse matrix as of the dense one it stands for', async () => {
    const dataset = syntheticDataset({ rows: 200 });
    const rounded = dataset.X.values.map((value) => Math.max(0, Math.round(value)));
    const X = denseFromRows(Array.from({ length: 200 }, (_, i) => rounded.slice(4 * i, 4 * i + 4)));
    const scores = scoreNames.filter((name) => name !== 'mutual-information');
    const dense = await stats({ ...dataset, X }, null, { by: 'family', scores }, context());
    const sparse = await stats({ ...dataset, X: toSparse(X) }, null, { by: 'family', scores }, context());
    const without = (panels: readonly AnyPanel[]) => panels.filter(({ kind }) => kind !== 'feature-pairs');
    expect(without(sparse.panels)).toEqual(without(dense.panels));
  });

  it('gives the same bytes inline and on two threads', async () => {
    const dataset = syntheticDataset({ rows: 400, unlabelledEvery: 5 });
    const other = syntheticDataset({ rows: 300, seed: 2, name: 'later' });
    const own = { ...settings, compareDataset: 'later' };
    const once = JSON.stringify(await stats(dataset, other, own, context()));
    expect(JSON.stringify(await stats(dataset, other, own, context(threads)))).toBe(once);
  });

  it('tells no drift from the dataset itself, and finds the feature that has moved', async () => {
    const dataset = syntheticDataset({ rows: 600 });
    const same = await stats(dataset, { ...dataset, name: 'same' }, { ...settings, compareDataset: 'same' }, context());
    expect(same.headline['drift.max']).toBe(0);
    const X = selectRows(dataset.X, Uint32Array.from(dataset.ids.keys()));
    const moved = { ...X, values: X.values.map((value, at) => (at % 4 === 2 ? value + 1 : value)) };
    const other = { ...dataset, name: 'moved', X: moved, featureNames: ['a', 'b', 'c', 'new'] } as Dataset;
    const { panels, headline } = await stats(dataset, other, { ...settings, compareDataset: 'moved' }, context());
    const { rows, onlyHere, onlyThere } = dataOf(panels, 'feature-drift');
    expect(rows[0].feature).toBe('c');
    expect(headline['drift.max']).toBeGreaterThan(0.25);
    expect([onlyHere, onlyThere]).toEqual([['d'], ['new']]);
    await expect(stats(dataset, { ...other, featureNames: ['p', 'q', 'r', 's'] }, settings, context())).rejects.toThrow(
      'no feature in common',
    );
  });

  it('describes without labels, and scores nothing', async () => {
    const { labels: _, ...dataset } = syntheticDataset({ rows: 50 });
    const { panels, warnings } = await stats(dataset, null, settings, context());
    expect(warnings.join()).toContain('no labels');
    const { scores, shapes } = dataOf(panels, 'feature-statistics');
    expect(shapes.map(({ name }) => name)).toEqual(['all']);
    expect(scores.find(({ name }) => name === 'rocAuc')?.values).toEqual([null, null, null, null]);
  });
});
