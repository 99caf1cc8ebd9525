import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { type ClassifierId } from '../../../src/ml/classifiers/registry.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const random: Validation = { mode: 'random', testSize: 0.3 };

async function importance(
  model: ClassifierId,
  validation: Validation,
  more: Partial<ClassifySettings> = {},
  executor: Executor = inlineExecutor,
) {
  const settings: ClassifySettings = classifySettings(model, validation, {
    tuningFolds: 3,
    importance: 'permutation',
    ...more,
  });
  const context = { seed: 0, executor, stage: () => {} };
  const { panels, warnings, headline } = await classify(syntheticDataset(), [], settings, context);
  const panel = panels.find(({ kind }) => kind === 'importance');
  return { data: panel && panelSchemas.importance.parse(panel.data), warnings, headline };
}

describe('importance by shuffling', () => {
  for (const model of ['k-nearest-neighbours', 'hist-gradient-boosting', 'svm', 'isolation-forest'] as const) {
    it(`weighs the features of ${model} on the test part, the same on worker threads`, async () => {
      const { data, headline } = await importance(model, random);
      expect(data?.kind).toBe('permutation');
      expect(data?.permutation).toMatchObject({ part: 'test', rows: 90, rowsInAll: 90, repeats: 5 });
      expect(data?.permutation?.rocAuc).toBeCloseTo(headline['test.rocAuc'] ?? Number.NaN, 12);
      expect(data?.series[0].values.some((value) => value > 0.01)).toBe(true);
      expect(data?.series[0].deviations?.length).toBe(data?.features.length);
      expect((await importance(model, random, {}, threads)).data).toEqual(data);
    });
  }

  it('takes the last fold, with its model, where the kept model learned from all', async () => {
    const { data } = await importance('logistic-regression', { mode: 'cv', folds: 3 });
    expect(data?.permutation).toMatchObject({ part: 'fold.2', rows: 100 });
  });

  it('works for families, too', async () => {
    const { data } = await importance('decision-tree', random, { multiclass: true, objective: 'accuracy' });
    expect(data?.permutation?.rocAuc).toBeGreaterThan(0.5);
  });

  it('says so where no held out instance has a label', async () => {
    const { data, warnings } = await importance('logistic-regression', { mode: 'unlabeled' });
    expect(data).toBeUndefined();
    expect(warnings.join()).toContain('--importance permutation');
  });
});
