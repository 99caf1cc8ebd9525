import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { type ClassifierId } from '../../../src/ml/classifiers/registry.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { withColumn } from '../../../src/ml/matrix/replace-column.js';
import { maliciousValues } from '../../../src/ml/model-selection/malicious-values.js';
import { modelFromJson } from '../../../src/ml/model-selection/trained-model.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import { type SyntheticOptions, syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const random: Validation = { mode: 'random', testSize: 0.3 };

async function dependence(
  model: ClassifierId,
  more: Partial<ClassifySettings> = {},
  made: SyntheticOptions = {},
  executor: Executor = inlineExecutor,
) {
  const settings: ClassifySettings = classifySettings(model, random, {
    tuningFolds: 3,
    partialDependence: { most: 2 },
    ...more,
  });
  const context = { seed: 0, executor, stage: () => {} };
  const outcome = await classify(syntheticDataset(made), [], settings, context);
  const panel = outcome.panels.find(({ kind }) => kind === 'partial-dependence');
  const data = panel && panelSchemas['partial-dependence'].parse(panel.data);
  return { ...outcome, data };
}

describe('partial dependence of a classifier', () => {
  it.each(['logistic-regression', 'decision-tree', 'hist-gradient-boosting', 'svm', 'isolation-forest'] as const)(
    'tells of the features of %s that count most, the same on worker threads',
    async (model) => {
      const { data, panels, settings } = await dependence(model);
      expect(data).toMatchObject({ chosenBy: 'importance', rows: 210, rowsInAll: 210 });
      expect(settings.partialDependence).toBe(2);
      expect(data?.scale).toBe(model === 'svm' || model === 'isolation-forest' ? 'score' : 'probability');
      // Families lie along the first two features; a model without a measure of its own is measured by shuffling.
      expect(panels.find(({ kind }) => kind === 'importance')).toBeDefined();
      expect(data?.features.length).toBe(2);
      for (const { column, grid, average, individual, groups } of data?.features ?? []) {
        if (model !== 'isolation-forest') expect([0, 1]).toContain(column);
        expect(grid.length).toBe(25);
        expect(average.length).toBe(25);
        expect(individual.length).toBe(20);
        expect(individual.every((curve) => curve.length === 25)).toBe(true);
        expect(groups.map(({ name }) => name)).toEqual(['malicious', 'benign']);
        expect(groups.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(210);
      }
      expect((await dependence(model, {}, {}, threads)).data).toEqual(data);
    },
  );

  it('is the mean of what the kept model says of its training rows', async () => {
    const { data, files, predictions } = await dependence('logistic-regression', {
      partialDependence: { features: ['b'] },
    });
    expect(data?.chosenBy).toBe('name');
    const model = modelFromJson(JSON.parse(JSON.stringify(files?.[0].json)), 'model.json');
    const { ids, X } = syntheticDataset();
    const trained = new Set(
      predictions?.instanceId.filter((_, i) => predictions.part.names[predictions.part.codes[i]] === 'train'),
    );
    const rows = Uint32Array.from(ids.keys()).filter((row) => trained.has(ids[row]));
    const [feature] = data?.features ?? [];
    feature.grid.forEach((value, k) => {
      const varied = withColumn(X, rows, feature.column, new Float64Array(rows.length).fill(value));
      const mean = maliciousValues(model, varied).reduce((sum, one) => sum + one, 0) / rows.length;
      expect(feature.average[k]).toBeCloseTo(mean, 12);
    });
  });

  it('takes 1,000 training rows of more, drawn by the seed', async () => {
    const { data } = await dependence('decision-tree', {}, { rows: 2000 });
    expect(data).toMatchObject({ rows: 1000, rowsInAll: 1400 });
  });

  it('is there in a cross-validation and for families, too', async () => {
    const folds = await dependence('decision-tree', { validation: { mode: 'cv', folds: 3 } });
    expect(folds.data).toMatchObject({ rows: 300 });
    const families = await dependence('decision-tree', { multiclass: true, objective: 'accuracy' });
    expect(families.data?.features[0].average.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('is refused before training for a feature that is not there', async () => {
    await expect(dependence('svm', { partialDependence: { features: ['b', 'nothing'] } })).rejects.toThrow(
      /no feature "nothing"/,
    );
  });

  it('says so where nothing tells which features count most', async () => {
    const { data, warnings } = await dependence('k-nearest-neighbours', { validation: { mode: 'unlabeled' } });
    expect(data).toBeUndefined();
    expect(warnings.join()).toContain('no partial dependence');
  });
});
