import { afterEach, describe, expect, it } from 'vitest';
import { InterruptedError, UserError } from '../../src/errors.js';
import { computeIteration, type IterationInput } from '../../src/experiments/labelling/compute-iteration.js';
import type { ExperimentContext } from '../../src/experiments/experiment.js';
import type { LabellingSettings } from '../../src/experiments/labelling/settings.js';
import { type IterationThread, iterationThread } from '../../src/iteration-thread/iteration-thread.js';
import type { LoopData } from '../../src/labelling/loop-parts.js';
import type { QueryGroup } from '../../src/ml/active-learning/strategy.js';
import type { Dataset } from '../../src/ml/matrix/dataset.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import { exampleDataset, exampleSettings } from '../labelling/example-loop.js';

function dataOf(dataset: Dataset): LoopData {
  const { X, truth } = dataset;
  return { dataset, truth, X, validationDatasets: [], meanings: new Map(), warnings: [] };
}

/** Every third instance is answered, the others may be asked. */
function inputOf(data: LoopData, iteration = 1): IterationInput {
  const { dataset, truth, X, validationDatasets } = data;
  if (!truth) throw new Error('no truth');
  const labels = { ...truth, label: truth.label.map((label, row) => (row % 3 === 0 ? label : -1)) };
  const candidates = Uint32Array.from(dataset.ids.keys()).filter((row) => row % 3 !== 0);
  return { dataset: { ...dataset, labels, truth }, X, validationDatasets, iteration, candidates, limit: 20 };
}

/** What an iteration tells, one thing after the other. */
function watched(cancel = { cancelled: false }): { context: ExperimentContext; told: unknown[] } {
  const told: unknown[] = [];
  const { seed } = exampleSettings;
  const stage = (name: string): void => void told.push(name);
  return { context: { seed, executor: inlineExecutor, signal: cancel, stage }, told };
}

describe('the thread of the iterations', () => {
  let thread: IterationThread | null = null;
  afterEach(() => thread?.close());

  function start(data: LoopData, settings: LabellingSettings): IterationThread {
    thread = iterationThread(data, settings, 1);
    return thread;
  }

  it('tells and finds what computeIteration does, one iteration after the other', async () => {
    const data = dataOf(exampleDataset(60));
    const { compute } = start(data, exampleSettings);
    for (const iteration of [1, 2]) {
      const [here, there] = [watched(), watched()];
      const tell = (told: unknown[]) => (group: QueryGroup) => void told.push(group);
      const input = inputOf(data, iteration);
      const expected = await computeIteration(input, exampleSettings, here.context, tell(here.told));
      const found = await compute(input, exampleSettings, there.context, tell(there.told));
      expect(found).toMatchObject({ figures: expected.figures, warnings: expected.warnings });
      expect(there.told).toEqual(here.told);
      expect(there.told.length).toBeGreaterThan(4);
    }
  });

  it('is ended at once when cancelled, and starts anew', async () => {
    const data = dataOf(exampleDataset(60));
    const { compute } = start(data, exampleSettings);
    const signal = { cancelled: false };
    const { context } = watched(signal);
    const cancelling = { ...context, stage: () => void (signal.cancelled = true) };
    const cancelled = compute(inputOf(data), exampleSettings, cancelling, () => undefined);
    await expect(cancelled).rejects.toBeInstanceOf(InterruptedError);
    const { figures } = await compute(inputOf(data), exampleSettings, watched().context, () => undefined);
    expect(figures).toMatchObject({ iteration: 1, labels: 20 });
  });

  it('passes refusals on as they are', async () => {
    const data = dataOf(exampleDataset(60));
    // A validation dataset that lacks features of the loop's.
    const other = { ...exampleDataset(10), name: 'other', featureNames: ['a', 'b', 'z'] };
    const { compute } = start({ ...data, validationDatasets: [other] }, exampleSettings);
    const refused = compute(inputOf(data), exampleSettings, watched().context, () => undefined);
    await expect(refused).rejects.toBeInstanceOf(UserError);
  });
});
