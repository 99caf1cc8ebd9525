import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { classify, type ClassifyOutcome } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

/** `classify` with models that learn from rows without a label. */

const context = { seed: 0, executor: inlineExecutor, stage: () => {} };
const defaults = defaultParams(classifiers['isolation-forest'].params);

function settings(validation: Validation, more: Partial<ClassifySettings> = {}): ClassifySettings {
  return classifySettings('isolation-forest', validation, more);
}

/** Labels of every `step`-th row only; the others are the truth's alone. */
function partly(dataset: Dataset, step: number): Dataset {
  const { labels } = dataset;
  if (!labels) throw new Error('the dataset has labels');
  const label = labels.label.map((value, row) => (row % step === 0 ? value : -1));
  return { ...dataset, labels: { ...labels, label }, truth: labels };
}

const modelOf = ({ files }: ClassifyOutcome): string => JSON.stringify(files?.[0].json);

describe('classify, with a model that learns without labels', () => {
  it('judges by the labels there are, on a scale of scores with the threshold at 0', async () => {
    const { headline, settings: used } = await classify(
      syntheticDataset(),
      [],
      settings({ mode: 'cv', folds: 3 }),
      context,
    );
    expect(used.detectionThreshold).toBe(0);
    expect(headline['cv.rocAuc']).not.toBeNull();
    expect(headline['train.instances']).toBe(300);
  });

  it('learns from rows without a label too, and from none of their labels', async () => {
    const all = await classify(syntheticDataset(), [], settings({ mode: 'unlabeled' }), context);
    const some = await classify(partly(syntheticDataset(), 3), [], settings({ mode: 'unlabeled' }), context);
    expect(modelOf(some)).toBe(modelOf(all));
    expect(some.headline['train.instances']).toBe(100);
    expect(some.headline['unlabeled.instances']).toBe(200);
    expect(some.headline['unlabeled.rocAuc']).not.toBeNull();
    expect(some.warnings.join()).toContain('200 instances have no label: trained on like all others');
  });

  it('leaves the test rows out, and keeps the rows without a label', async () => {
    const dataset = partly(syntheticDataset(), 3);
    const held = new Set(dataset.ids.filter((_, row) => row % 6 === 0));
    const fixed = await classify(dataset, [], settings({ mode: 'fixed', testIds: held }), context);
    expect(fixed.headline['test.instances']).toBe(50);
    expect(modelOf(fixed)).not.toBe(modelOf(await classify(dataset, [], settings({ mode: 'unlabeled' }), context)));
  });

  it('does not learn from rows without a label where time decides: they may be of the future', async () => {
    const dataset = partly(syntheticDataset(), 3);
    const timestamps = Float64Array.from(dataset.ids, (_, row) => row);
    const temporal: Validation = { mode: 'temporal', testSize: 0.3, gap: 0, labelDelay: 0 };
    const some = await classify({ ...dataset, timestamps }, [], settings(temporal), context);
    expect(some.warnings.join()).toContain('200 instances have no label: not trained on');
  });

  it('needs no labels at all where nothing is to be judged, and says so where something is', async () => {
    const dataset = { ...syntheticDataset(), labels: undefined };
    const { headline, predictions } = await classify(dataset, [], settings({ mode: 'unlabeled' }), context);
    expect(headline['unlabeled.instances']).toBe(300);
    expect(predictions?.rows).toBe(300);
    await expect(classify(dataset, [], settings({ mode: 'cv', folds: 3 }), context)).rejects.toThrow(
      /no labels: there is nothing to judge/,
    );
  });

  it('takes one label for enough, and refuses to be tuned by labels', async () => {
    const dataset = syntheticDataset();
    const { labels } = dataset;
    if (!labels) throw new Error('the dataset has labels');
    const benign = { ...dataset, labels: { ...labels, label: new Int8Array(labels.label.length) } };
    const { headline } = await classify(benign, [], settings({ mode: 'random', testSize: 0.3 }), context);
    expect(headline['test.malicious']).toBe(0);
    const points = [defaults, { ...defaults, contamination: 0.1 }];
    await expect(classify(dataset, [], settings({ mode: 'cv', folds: 3 }, { points }), context)).rejects.toBeInstanceOf(
      UserError,
    );
  });
});
