import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import { canonicalName } from '../../../src/experiments/classify/headline.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseFromRows, selectRows } from '../../../src/ml/matrix/feature-matrix.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import type { PanelOf } from '../../../src/schema/result-document.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor): ExperimentContext => ({ seed: 0, executor, stage: () => {} });

const settings = (validation: Validation, model: 'decision-tree' | 'logistic-regression'): ClassifySettings =>
  classifySettings(model, validation, { tuningFolds: 2, leaveOutFamily: true });

const panelOf = (panels: readonly { readonly kind: string }[]): PanelOf<'left-out-families'>['data'] =>
  (panels.find(({ kind }) => kind === 'left-out-families') as PanelOf<'left-out-families'>).data;

/**
 * One feature for each family, and one that worms and trojans share; 20 rows of each, in turn. A tree that has not seen
 * worms knows them by the trojans' feature; one that has not seen bots has nothing to know them by.
 */
function shared(): Dataset {
  const families = ['bot', 'good', 'trojan', 'worm'];
  const n = 80;
  const family = Int32Array.from({ length: n }, (_, row) => row % 4);
  const label = Int8Array.from(family, (code) => Number(code !== 1));
  const X = denseFromRows(Array.from(family, (code) => [Number(code === 0), Number(code === 2 || code === 3)]));
  return {
    project: 'P',
    name: 'shared',
    ids: Array.from(family, (_, row) => `i${row}`),
    idents: Array.from(family, (_, row) => `instance ${row}`),
    timestamps: Float64Array.from(family, (_, row) => row),
    featureNames: ['a', 'b'],
    featureTypes: ['binary', 'binary'],
    X,
    labels: { label, family, families },
    hash: 'shared',
  };
}

describe('families left out', () => {
  it('are found by what they share with others, and by nothing else', async () => {
    const of = settings({ mode: 'random', testSize: 0.25 }, 'decision-tree');
    const { headline, figures, panels } = await classify(shared(), [], of, context());
    expect(headline['leftOut.worm.recall']).toBe(1);
    expect(headline['leftOut.trojan.recall']).toBe(1);
    expect(headline['leftOut.bot.recall']).toBe(0);
    expect(headline['leftOut.recall']).toBeCloseTo(2 / 3, 12);
    expect(figures[canonicalName('leftOut."bot".recall')]).toBe(0);
    // Every instance of a family is new to the model that was trained without it.
    const { rows } = panelOf(panels);
    for (const { instances, known } of rows) {
      expect(instances).toBe(20);
      expect(known.value).toBe(1);
    }
    // A quarter of the 60 malicious rows is the test part, and nothing of it was trained on.
    expect(rows.reduce((sum, { removed }) => sum + removed, 0)).toBe(45);
  });

  it('in time are judged on what comes after the training alone', async () => {
    const of = settings({ mode: 'cutoff', cutoff: 40, gap: 0, labelDelay: 0 }, 'decision-tree');
    const { panels } = await classify(shared(), [], of, context());
    expect(panelOf(panels).rows.map(({ instances, removed }) => [instances, removed])).toEqual([
      [10, 10],
      [10, 10],
      [10, 10],
    ]);
  });

  it('are what a model says that is trained on a dataset without them', async () => {
    const dataset = syntheticDataset({ rows: 400, distance: 1.5 });
    const of = settings({ mode: 'cv', folds: 3 }, 'logistic-regression');
    const { panels } = await classify(dataset, [], of, context());
    const families = dataset.labels?.families ?? [];
    const { family, label } = dataset.labels ?? { family: new Int32Array(), label: new Int8Array() };
    for (const row of panelOf(panels).rows) {
      const code = families.indexOf(row.family);
      const rest = Uint32Array.from(dataset.ids.keys()).filter((i) => family[i] !== code);
      const own = Uint32Array.from(dataset.ids.keys()).filter((i) => family[i] === code);
      const fitted = await classifiers['logistic-regression'].fit(
        { X: selectRows(dataset.X, rest), y: Uint32Array.from(rest, (i) => label[i]), classCount: 2 },
        of.points[0],
        context(),
      );
      const { probabilities } = fitted.predict(selectRows(dataset.X, own));
      const found = [...own].filter((_, k) => (probabilities?.[2 * k + 1] ?? 0) > 0.5).length;
      expect(row.calledMalicious).toBe(found);
      expect(row.instances).toBe(own.length);
    }
  });

  it('give the same bytes inline and on two threads', async () => {
    const of = settings({ mode: 'random', testSize: 0.3 }, 'logistic-regression');
    const run = async (executor: Executor) => {
      const { headline, panels } = await classify(syntheticDataset(), [], of, context(executor));
      return JSON.stringify([headline, panelOf(panels)]);
    };
    expect(await run(threads)).toBe(await run(inlineExecutor));
  });

  it('need two malicious families', async () => {
    const dataset = syntheticDataset();
    const one = { ...dataset.labels, family: Int32Array.from(dataset.labels?.label ?? [], (l) => (l === 1 ? 0 : 1)) };
    const of = settings({ mode: 'random', testSize: 0.3 }, 'logistic-regression');
    const alone = { ...dataset, labels: one } as Dataset;
    await expect(classify(alone, [], of, context())).rejects.toThrow('needs at least two malicious families');
  });
});
