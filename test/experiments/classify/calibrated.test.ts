import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { classify } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import type { ClassifierId } from '../../../src/ml/classifiers/registry.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { modelFromJson, predictRows } from '../../../src/ml/model-selection/trained-model.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import type { PanelOf } from '../../../src/schema/result-document.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor) => ({ seed: 0, executor, stage: () => {} });

function settings(model: ClassifierId, more: Partial<ClassifySettings> = {}): ClassifySettings {
  return classifySettings(model, { mode: 'random', testSize: 0.3 }, { calibrate: 'sigmoid', ...more });
}

/** One row a millisecond. */
const inTime = () => {
  const dataset = syntheticDataset();
  return { ...dataset, timestamps: Float64Array.from(dataset.ids, (_, row) => row) };
};

const reliabilityOfTest = (panels: readonly { readonly kind: string; readonly part?: string }[]) =>
  panels.find(({ kind, part }) => kind === 'reliability' && part === 'test') as PanelOf<'reliability'> | undefined;

describe('classify with calibration', () => {
  it.each(['linear-svm', 'isolation-forest'] as const)('gives %s probabilities that it lacks', async (model) => {
    const plain = await classify(syntheticDataset(), [], settings(model, { calibrate: undefined }), context());
    expect(plain.headline['test.calibrationError']).toBeNull();
    const {
      headline,
      panels,
      predictions,
      settings: kept,
    } = await classify(syntheticDataset(), [], settings(model), context());
    expect(headline['test.calibrationError']).toBeLessThan(0.2);
    expect(kept).toMatchObject({ calibrate: 'sigmoid', tuningFolds: 4, detectionThreshold: 0.5 });
    // The sigmoid rises: the ranking stays, and so do the scores.
    expect(headline['test.rocAuc']).toBeCloseTo(plain.headline['test.rocAuc'] ?? 0, 12);
    expect(predictions?.score).toEqual(plain.predictions?.score);
    expect(reliabilityOfTest(panels)?.data.uncalibrated).toBeUndefined();
  });

  it('tells how far probabilities were off before, and keeps the calibration in the model', async () => {
    const dataset = syntheticDataset();
    const chosen = settings('random-forest', { calibrate: 'isotonic' });
    const { panels, files = [], predictions } = await classify(dataset, [], chosen, context());
    const plain = await classify(dataset, [], settings('random-forest', { calibrate: undefined }), context());
    const reliability = reliabilityOfTest(panels);
    expect(panelSchemas.reliability.parse(reliability?.data)).toEqual(reliability?.data);
    const { uncalibrated, ...after } = reliability?.data ?? {};
    expect(uncalibrated).toEqual(reliabilityOfTest(plain.panels)?.data);
    expect(after).not.toEqual(uncalibrated);
    const model = modelFromJson(JSON.parse(JSON.stringify(files[0].json)), 'model.json');
    const row = dataset.ids.indexOf(predictions?.instanceId[0] ?? '');
    const again = predictRows(model, dataset.X, Uint32Array.of(row));
    expect(again.probabilities?.[1]).toBe(predictions?.probability[0]);
    expect(again.scores?.[0]).toBe(predictions?.score[0]);
  });

  it('is the same on worker threads, by time, over families and without one of them', async () => {
    const temporal: Validation = { mode: 'temporal', testSize: 0.3, gap: 3, labelDelay: 2 };
    for (const more of [
      { validation: temporal },
      { multiclass: true, objective: 'accuracy' },
      { leaveOutFamily: true },
    ] as const) {
      const chosen = settings('logistic-regression', { calibrate: 'isotonic', ...more });
      const inline = await classify(inTime(), [], chosen, context());
      expect(await classify(inTime(), [], chosen, context(threads))).toEqual(inline);
      expect(inline.headline['test.calibrationError']).toBeLessThan(0.25);
    }
  });

  it('needs held-out instances of both labels', async () => {
    const dataset = inTime();
    const label = dataset.labels?.label ?? new Int8Array(0);
    // All malicious instances come first: what is held out later is benign.
    const order = [...label.keys()].sort((a, b) => label[b] - label[a] || a - b);
    const timestamps = new Float64Array(order.length);
    order.forEach((row, place) => {
      timestamps[row] = place;
    });
    const chosen = settings('logistic-regression', {
      validation: { mode: 'cutoff', cutoff: order.length - 20, gap: 0, labelDelay: 0 },
    });
    await expect(classify({ ...dataset, timestamps }, [], chosen, context())).rejects.toThrow(UserError);
  });
});
