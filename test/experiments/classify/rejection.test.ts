import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import { canProduce } from '../../../src/experiments/classify/headline.js';
import { cutAt, leastCredibleFirst } from '../../../src/experiments/classify/rejection.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { type Executor } from '../../../src/ml/fit-context.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor) => ({ seed: 0, executor, stage: () => {} });

function settings(validation: Validation, more: Partial<ClassifySettings> = {}): ClassifySettings {
  return classifySettings('logistic-regression', validation, { tuningFolds: 3, reject: 0.2, ...more });
}

const random: Validation = { mode: 'random', testSize: 0.3 };

describe('classify with rejection', () => {
  it('rejects a share of the test part, and tells figures of all and of the kept', async () => {
    const { headline, panels, predictions, warnings } = await classify(
      syntheticDataset(),
      [],
      settings(random),
      context(),
    );
    expect(headline['test.rejected']).toBe(18);
    expect('train.rejected' in headline).toBe(false);
    const table = predictions;
    if (!table?.rejected || !table.credibility) throw new Error('no column');
    const { names, codes } = table.rejected;
    let [kept, right] = [0, 0];
    for (let i = 0; i < table.rows; i++) {
      const word = names[codes[i]];
      expect(word === undefined).toBe(table.part.names[table.part.codes[i]] === 'train');
      expect(Number.isNaN(table.credibility[i])).toBe(word === undefined);
      if (word !== 'no') continue;
      kept++;
      if (table.predicted.names[table.predicted.codes[i]] === table.label.names[table.label.codes[i]]) right++;
    }
    expect(kept).toBe(72);
    expect(headline['test.kept.accuracy']).toBeCloseTo(right / kept, 12);
    const panel = panels.find(({ kind }) => kind === 'rejection');
    if (panel?.kind !== 'rejection') throw new Error('no panel');
    expect(panelSchemas.rejection.parse(panel.data)).toEqual(panel.data);
    expect(panel.data.curve[0].accuracy).toBe(headline['test.accuracy']);
    expect(panel.data.curve[4].accuracy).toBeCloseTo(right / kept, 12);
    expect(warnings.filter((warning) => warning.includes('credible'))).toEqual([]);
  });

  it('tells data that is unlike that of the training', async () => {
    const dataset = syntheticDataset();
    const other = syntheticDataset({ name: 'later', seed: 2 });
    const moved = { ...other, X: { ...other.X, values: other.X.values.map((value) => value + 4) } };
    const chosen = settings({ mode: 'datasets', datasets: ['later'] });
    const { warnings, headline } = await classify(dataset, [moved], chosen, context());
    expect(warnings.join()).toContain('the data has changed');
    expect(headline['test.rejected']).toBe(60);
  });

  it('is the same on worker threads, in folds, of families and without labels, and names no figure it cannot have', async () => {
    for (const [validation, more, labels] of [
      [{ mode: 'cv', folds: 3 }, {}, {}],
      [random, { multiclass: true, objective: 'accuracy' }, {}],
      [{ mode: 'unlabeled' }, { calibrate: 'sigmoid' }, { unlabelledEvery: 3 }],
    ] as const) {
      const chosen = settings(validation, more);
      const inline = await classify(syntheticDataset(labels), [], chosen, context());
      expect(await classify(syntheticDataset(labels), [], chosen, context(threads))).toEqual(inline);
      const names = Object.keys(inline.figures).filter((name) => name.includes('kept') || name.includes('rejected'));
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        expect(canProduce(name, chosen), name).toBe(true);
        expect(canProduce(name, { ...chosen, reject: undefined }), name).toBe(false);
      }
    }
  });

  it('never tells ties apart', () => {
    const told = { credibility: Float64Array.of(0.5, 0.1, 0.1, 0.1, 0.9), farness: Float64Array.of(1, 7, 9, 7, 0) };
    const order = leastCredibleFirst(told);
    expect([...order]).toEqual([2, 1, 3, 0, 4]);
    expect([0.2, 0.4, 0.6, 0.8].map((share) => cutAt(told, order, share))).toEqual([1, 1, 3, 4]);
  });
});
