import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { classify } from '../../../src/experiments/classify/classify.js';
import { canProduce } from '../../../src/experiments/classify/headline.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { denseMatrix, selectRows } from '../../../src/ml/matrix/feature-matrix.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import { modelFromJson, predictWith } from '../../../src/ml/model-selection/trained-model.js';
import { defaultParams, expandGrid, type ParamValue } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import { type SyntheticOptions, syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor, seed = 0): ExperimentContext => ({
  seed,
  executor,
  stage: () => {},
});

function settings(validation: Validation, more: Partial<ClassifySettings> = {}): ClassifySettings {
  const listed = new Map<string, ParamValue[]>([['C', [0.1, 1]]]);
  return classifySettings('logistic-regression', validation, {
    points: expandGrid(classifiers['logistic-regression'].params, listed),
    tuningFolds: 3,
    ...more,
  });
}

const random: Validation = { mode: 'random', testSize: 0.3 };

/** One row a millisecond. */
function inTime(options: SyntheticOptions = {}): Dataset {
  const dataset = syntheticDataset(options);
  return { ...dataset, timestamps: Float64Array.from(dataset.ids, (_, row) => row) };
}

describe('classify', () => {
  it('judges on rows it did not train on, and counts them', async () => {
    const { headline, predictions } = await classify(syntheticDataset(), [], settings(random), context());
    expect(headline['test.instances']).toBe(90);
    expect(headline['train.instances']).toBe(210);
    expect(headline['test.rocAuc']).toBeGreaterThan(0.85);
    expect(headline['test.rocAuc.low']).toBeLessThan(headline['test.rocAuc'] ?? 0);
    expect(headline['tuning.rocAuc']).toBeGreaterThan(0.85);
    expect(predictions?.rows).toBe(300);
    expect(new Set(predictions?.instanceId).size).toBe(300);
  });

  it('warns of a feature that alone tells the label, and of a tuning that had nothing to go by', async () => {
    const dataset = inTime();
    const { X, labels } = dataset;
    if (X.kind !== 'dense' || !labels) throw new Error('a dense dataset with labels');
    const plain = await classify(dataset, [], settings(random), context());
    expect(plain.warnings.join()).not.toMatch(/alone tells|nothing to choose by/);
    const copied = denseMatrix(X.rows, X.columns);
    copied.values.set(X.values);
    for (let i = 0; i < X.rows; i++) copied.values[i * X.columns] = labels.label[i] === 1 ? 7 + i : 3;
    const told = await classify({ ...dataset, X: copied }, [], settings(random), context());
    expect(told.warnings.join()).toContain(`the feature "${dataset.featureNames[0]}" (up to 3 benign, from `);
    // All of one label come first: the later part of the training, which tuning judges on, has the other alone.
    const order = [...labels.label.keys()].sort((a, b) => labels.label[a] - labels.label[b]);
    const timestamps = new Float64Array(X.rows);
    order.forEach((row, time) => (timestamps[row] = time));
    const late: Validation = { mode: 'temporal', testSize: 0.1, gap: 0, labelDelay: 0 };
    const tuned = await classify({ ...dataset, timestamps }, [], settings(late, { tuningFolds: 5 }), context());
    expect(tuned.warnings.join()).toContain('tuning had nothing to choose by, so the first of 2 settings was taken');
  });

  it('produces only names that it says it can, and panels that fit their schema', async () => {
    const lag = { gap: 3, labelDelay: 2 };
    const window = { buckets: 5, trainBuckets: 2, testBuckets: 1, bucketBy: 'time' } as const;
    for (const validation of [
      random,
      { mode: 'cv', folds: 3 },
      { mode: 'unlabeled' },
      { mode: 'temporal', testSize: 0.3, ...lag },
      { mode: 'cutoff', cutoff: 200, ...lag },
      { mode: 'temporal-cv', folds: 3, bucketBy: 'instances', ...lag },
      { mode: 'sliding-window', ...window, ...lag },
    ] satisfies Validation[]) {
      const of = settings(validation);
      const { figures, panels } = await classify(inTime({ unlabelledEvery: 7 }), [], of, context());
      expect(Object.keys(figures).filter((name) => !canProduce(name, of))).toEqual([]);
      for (const panel of panels) panelSchemas[panel.kind].parse(panel.data);
    }
  });

  it('gives the same bytes inline and on two threads', async () => {
    const run = async (executor: Executor) =>
      JSON.stringify(await classify(syntheticDataset(), [], settings(random), context(executor)));
    expect(await run(threads)).toBe(await run(inlineExecutor));
  });

  it('gives the same verdict on each instance whatever the order of the rows', async () => {
    const dataset = syntheticDataset();
    const verdicts = async (of: Dataset) => {
      const { predictions: p } = await classify(of, [], settings(random), context());
      if (!p) throw new Error('no predictions');
      return new Map(
        p.instanceId.map((id, i) => [id, `${p.part.names[p.part.codes[i]]} ${p.probability[i].toFixed(6)}`]),
      );
    };
    const expected = await verdicts(dataset);
    const found = await verdicts(reversed(dataset));
    expect(new Map([...found].sort())).toEqual(new Map([...expected].sort()));
  });

  it('keeps a model that gives the same scores after its JSON', async () => {
    const dataset = syntheticDataset();
    const { files, predictions } = await classify(dataset, [], settings(random), context());
    const model = modelFromJson(JSON.parse(JSON.stringify(files[0].json)), 'model.json');
    const again = predictWith(model, dataset.X).scores;
    const score = new Map(predictions?.instanceId.map((id, i) => [id, predictions.score[i]]));
    dataset.ids.forEach((id, i) => expect(again?.[i]).toBe(score.get(id)));
  });

  it('cross-validates: every labelled row is judged once, the mean is over the folds', async () => {
    const { headline, predictions } = await classify(
      syntheticDataset(),
      [],
      settings({ mode: 'cv', folds: 3 }),
      context(),
    );
    const folds = [0, 1, 2].map((fold) => headline[`fold.${fold}.rocAuc`] ?? 0);
    expect(headline['cv.rocAuc']).toBeCloseTo(folds.reduce((a, b) => a + b) / 3, 12);
    const mean = headline['cv.rocAuc'] ?? 0;
    const std = headline['cv.rocAuc.std'] ?? 0;
    expect(std).toBeCloseTo(Math.sqrt(folds.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / 2), 12);
    // Corrected resampled t: 4.3027 is the quantile of two degrees of freedom, half of a fold's rows are judged in it.
    const low = mean - 4.302652729911275 * Math.sqrt((1 / 3 + 1 / 2) * std ** 2);
    expect(headline['cv.rocAuc.low']).toBeCloseTo(Math.max(0, low), 8);
    const counts = [0, 1, 2].map((fold) => headline[`fold.${fold}.alerts`] ?? 0);
    expect(headline['cv.alerts']).toBe(counts.reduce((a, b) => a + b));
    expect(headline['cv.instances']).toBe(300);
    const judged = predictions?.instanceId.filter((_, i) => predictions.fold[i] !== -1) ?? [];
    expect(judged.length).toBe(300);
    expect(new Set(judged).size).toBe(300);
  });

  it('cross-validates: families are counted over all folds', async () => {
    const { headline, figures, panels } = await classify(
      syntheticDataset(),
      [],
      settings({ mode: 'cv', folds: 3 }),
      context(),
    );
    const families = panels.find(({ id }) => id === 'families:cv');
    if (families?.kind !== 'families') throw new Error('no families');
    expect(families.data.rows.reduce((sum, { instances }) => sum + instances, 0)).toBe(300);
    const { family, instances, calledMalicious } = families.data.rows.find(({ label }) => label === 'malicious') ?? {};
    const recall = (calledMalicious ?? 0) / (instances ?? 0);
    expect(headline[`cv.family.${family}.recall`]).toBe(recall);
    expect(figures[`cv.family.${family}.recall`]).toBe(recall);
  });

  it('cross-validates: says where a mean leaves folds out', async () => {
    const dataset = syntheticDataset();
    // Two malicious instances in three folds: one fold has none.
    const malicious = dataset.ids.flatMap((_, i) => (dataset.labels?.label[i] === 1 ? [i] : []));
    const benign = dataset.ids.flatMap((_, i) => (dataset.labels?.label[i] === 0 ? [i] : []));
    const rows = Uint32Array.from([...benign, ...malicious.slice(0, 2)]);
    const few = picked(dataset, rows);
    const of = settings(
      { mode: 'cv', folds: 3 },
      { points: [defaultParams(classifiers['logistic-regression'].params)] },
    );
    const { headline, warnings } = await classify(few, [], of, context());
    expect(headline['cv.rocAuc']).not.toBeNull();
    expect(
      warnings.find((warning) => /^cv: rocAuc, .*undefined in 1 of 3 folds.*over the other 2$/.test(warning)),
    ).toBeDefined();
  });

  it.each([
    [1, 'no instance'],
    [-0.5, 'every instance'],
  ])('warns of a threshold of %s, which no probability can pass or all do', async (detectionThreshold, verdict) => {
    const { warnings } = await classify(syntheticDataset(), [], settings(random, { detectionThreshold }), context());
    expect(warnings.some((warning) => warning.includes(`${verdict} is called malicious`))).toBe(true);
    const usual = await classify(syntheticDataset(), [], settings(random, { detectionThreshold: 0.9 }), context());
    expect(usual.warnings.some((warning) => warning.includes('detection threshold'))).toBe(false);
  });

  it('takes the listed rows as the test part', async () => {
    const testIds = new Set(['i0', 'i5', 'i17', 'i100', 'i101', 'i250']);
    const { predictions } = await classify(syntheticDataset(), [], settings({ mode: 'fixed', testIds }), context());
    const test = predictions?.part.names.indexOf('test');
    const ids = predictions?.instanceId.filter((_, i) => predictions.part.codes[i] === test);
    expect(new Set(ids)).toEqual(testIds);
  });

  it('refuses test rows that do not exist, by name', async () => {
    const of = settings({ mode: 'fixed', testIds: new Set(['i0', 'nowhere']) });
    await expect(classify(syntheticDataset(), [], of, context())).rejects.toThrow(/"nowhere"/);
  });

  it('judges other datasets, their union, and the alias of a single one', async () => {
    const a = syntheticDataset({ name: 'a', seed: 2, rows: 100 });
    const b = syntheticDataset({ name: 'b set', seed: 3, rows: 50 });
    const two = await classify(
      syntheticDataset(),
      [a, b],
      settings({ mode: 'datasets', datasets: ['a', 'b set'] }),
      context(),
    );
    expect(two.headline['all.instances']).toBe(150);
    expect(two.headline['"dataset:b set".instances']).toBe(50);
    const one = await classify(syntheticDataset(), [a], settings({ mode: 'datasets', datasets: ['a'] }), context());
    expect(one.headline['test.rocAuc']).toBe(one.headline['dataset:a.rocAuc']);
    expect(one.headline['test.rocAuc']).toBe(two.headline['dataset:a.rocAuc']);
  });

  it('judges a streamed dataset to the same figures and rows, binary and by family', async () => {
    const whole = syntheticDataset({ name: 'later', seed: 2, rows: 103 });
    const batches = async function* () {
      for (let from = 0; from < 103; from += 10) {
        yield selectRows(
          whole.X,
          Uint32Array.from({ length: Math.min(10, 103 - from) }, (_, k) => from + k),
        );
      }
    };
    const { X: _X, ...rest } = whole;
    for (const multiclass of [false, true]) {
      const of = { ...settings({ mode: 'datasets', datasets: ['later'] }), multiclass, objective: 'accuracy' as const };
      const straight = await classify(syntheticDataset(), [whole], of, context());
      const streamed = await classify(syntheticDataset(), [{ ...rest, batches }], of, context());
      expect(streamed).toEqual(straight);
    }
  });

  it('tells which families of another dataset were not trained on, and how they are found', async () => {
    const later = syntheticDataset({ name: 'later', seed: 2, rows: 100 });
    const { labels } = later;
    if (!labels) throw new Error('no labels');
    const worms = labels.family.reduce((count, family) => count + Number(family === 2), 0);
    const renamed = { ...later, labels: { ...labels, families: ['botnet', 'office', 'new "worm"'] } };
    const of = settings({ mode: 'datasets', datasets: ['later'] });
    const { warnings } = await classify(syntheticDataset(), [renamed], of, context());
    const told = warnings.filter((warning) => warning.includes('not trained on'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^the validation dataset later has 1 malicious family that .*"new \\"worm\\""/);
    expect(told[0]).toMatch(
      new RegExp(`of their ${worms} instances \\(\\d+\\.\\d %\\), against \\d+\\.\\d % of those`),
    );
    const same = await classify(syntheticDataset(), [later], of, context());
    expect(same.warnings.join()).not.toContain('not trained on');
  });

  it('refuses missing values in a later batch, and absent features before it trains', async () => {
    const { X, ...rest } = syntheticDataset({ name: 'later', rows: 20 });
    const holed = { ...X, values: new Float64Array(80).fill(Number.NaN) } as typeof X;
    const of = settings({ mode: 'datasets', datasets: ['later'] });
    const batches = async function* () {
      yield selectRows(
        X,
        Uint32Array.from({ length: 10 }, (_, k) => k),
      );
      yield selectRows(
        holed,
        Uint32Array.from({ length: 10 }, (_, k) => k),
      );
    };
    await expect(classify(syntheticDataset(), [{ ...rest, batches }], of, context())).rejects.toThrow(
      /does not take missing values; Synthetic\/later has some/,
    );
    const stages: string[] = [];
    const watched = { ...context(), stage: (name: string) => void stages.push(name) };
    const lacking = { ...rest, batches, featureNames: ['a', 'b', 'c', 'e'] };
    await expect(classify(syntheticDataset(), [lacking], of, watched)).rejects.toThrow(/lacks 1 .*"d"/);
    expect(stages).toEqual([]);
  });

  it('refuses by name features that a model of counts cannot learn from', async () => {
    const model = 'multinomial-naive-bayes';
    const of = {
      ...settings({ mode: 'cv', folds: 3 }),
      model,
      points: [defaultParams(classifiers[model].params)],
    } as const;
    await expect(classify(syntheticDataset(), [], of, context())).rejects.toThrow(
      /values below 0 in 4 features: "a", "b", "c", "d"/,
    );
  });

  it('matches features of other datasets by name, and names those that are absent', async () => {
    const other = syntheticDataset({ name: 'other', rows: 50, seed: 2 });
    const swapped = { ...other, featureNames: ['b', 'a', 'c', 'd'] };
    const of = settings({ mode: 'datasets', datasets: ['other'] });
    const straight = await classify(syntheticDataset(), [other], of, context());
    const crossed = await classify(syntheticDataset(), [swapped], of, context());
    expect(crossed.headline['test.rocAuc']).not.toBe(straight.headline['test.rocAuc']);
    const lacking = { ...other, featureNames: ['a', 'b', 'c', 'e'] };
    await expect(classify(syntheticDataset(), [lacking], of, context())).rejects.toThrow(/lacks 1 .*"d"/);
  });

  it('neither trains on rows without a label nor judges with labels it lacks; the truth evaluates them', async () => {
    const dataset = syntheticDataset({ unlabelledEvery: 3 });
    const { headline, warnings } = await classify(dataset, [], settings({ mode: 'unlabeled' }), context());
    expect(headline['train.instances']).toBe(200);
    expect(headline['unlabeled.instances']).toBe(100);
    expect(headline['unlabeled.rocAuc']).toBeGreaterThan(0.85);
    expect(warnings.join()).toContain('100 instances have no label');
    const { truth: _truth, ...blind } = dataset;
    const without = await classify(blind, [], settings({ mode: 'unlabeled' }), context());
    expect(without.headline['unlabeled.alerts']).toBe(headline['unlabeled.alerts']);
    expect(without.headline['unlabeled.rocAuc'] ?? null).toBeNull();
  });

  it('says when no feature varies', async () => {
    const dataset = syntheticDataset();
    const blank = { ...dataset, X: denseMatrix(dataset.X.rows, dataset.X.columns) };
    const holdOut = settings(random);
    const said = async (of: typeof dataset) => (await classify(of, [], holdOut, context())).warnings.join();
    expect(await said(blank)).toContain('no feature varies');
    expect(await said(dataset)).not.toContain('no feature varies');
  });

  it('learns from the labels asked for and judges by the ground truth', async () => {
    const dataset = syntheticDataset();
    const { labels } = dataset;
    if (!labels) throw new Error('no labels');
    const inverted = { ...labels, label: labels.label.map((label) => 1 - label) };
    const { headline } = await classify(
      { ...dataset, labels: inverted, truth: labels },
      [],
      settings(random),
      context(),
    );
    expect(headline['test.rocAuc']).toBeLessThan(0.15);
  });

  it('refuses a test part without rows, and tells of one without a label or a class', async () => {
    const nothing = settings({ mode: 'random', testSize: 1e-9 });
    await expect(classify(syntheticDataset(), [], nothing, context())).rejects.toThrow(/nothing to test on/);
    const other = syntheticDataset({ name: 'other', rows: 40, seed: 5 });
    const of = settings({ mode: 'datasets', datasets: ['other'] });
    const blind = await classify(syntheticDataset(), [{ ...other, labels: undefined }], of, context());
    expect(blind.warnings.join()).toContain('none of its 40 instances has a label');
    const benign = other.labels && { ...other.labels, label: other.labels.label.map(() => 0) };
    const oneSided = await classify(syntheticDataset(), [{ ...other, labels: benign }], of, context());
    expect(oneSided.warnings.join()).toContain('the validation dataset other has no malicious instances');
  });

  it('learns families, and still tells malicious from benign', async () => {
    const of = settings(random, { multiclass: true, objective: 'accuracy' });
    const { headline, panels, predictions } = await classify(syntheticDataset(), [], of, context());
    expect(headline['test.accuracy']).toBeGreaterThan(0.7);
    expect(headline['test.rocAuc']).toBeGreaterThan(0.85);
    const confusion = panels.find(({ id }) => id === 'confusion:test');
    expect(confusion?.data).toMatchObject({ classes: ['office', 'botnet', 'worm'] });
    expect(new Set(predictions?.predicted.names)).toEqual(new Set(['office', 'botnet', 'worm']));
  });

  it('counts a family that it has never seen as wrong', async () => {
    const other = syntheticDataset({ name: 'other', rows: 60, seed: 4 });
    const renamed = { ...other, labels: other.labels && { ...other.labels, families: ['botnet', 'office', 'new'] } };
    const of = settings({ mode: 'datasets', datasets: ['other'] }, { multiclass: true, objective: 'accuracy' });
    const { panels } = await classify(syntheticDataset(), [renamed], of, context());
    const confusion = panels.find(({ id }) => id === 'confusion:dataset:other')?.data as { classes: string[] };
    expect(confusion.classes.at(-1)).toBe('(not in training)');
  });

  it('refuses missing values by name, and fills them when asked', async () => {
    const dataset = syntheticDataset();
    dataset.X.values[5] = Number.NaN;
    await expect(classify(dataset, [], settings(random), context())).rejects.toThrow(/"b" \(1\)/);
    const { headline } = await classify(dataset, [], settings(random, { impute: true }), context());
    expect(headline['test.rocAuc']).toBeGreaterThan(0.85);
  });

  it('refuses a dataset of one label, and one without any', async () => {
    const dataset = syntheticDataset();
    const labels = dataset.labels && { ...dataset.labels, label: dataset.labels.label.map(() => 1) };
    await expect(classify({ ...dataset, labels }, [], settings(random), context())).rejects.toThrow(UserError);
    await expect(classify({ ...dataset, labels: undefined }, [], settings(random), context())).rejects.toThrow(
      /no labels/,
    );
  });

  it('weighs rows by class and by family', async () => {
    const plain = await classify(syntheticDataset({ distance: 1 }), [], settings(random), context());
    const rare = await classify(
      syntheticDataset({ distance: 1 }),
      [],
      settings(random, { sampleWeight: 'family' }),
      context(),
    );
    expect(rare.headline['test.family.worm.recall']).toBeGreaterThan(plain.headline['test.family.worm.recall'] ?? 1);
  });

  it('moves the verdict with the threshold, and nothing else', async () => {
    const strict = await classify(syntheticDataset(), [], settings(random, { detectionThreshold: 0.9 }), context());
    const usual = await classify(syntheticDataset(), [], settings(random), context());
    expect(strict.headline['test.alerts']).toBeLessThan(usual.headline['test.alerts'] ?? 0);
    expect(strict.headline['test.rocAuc']).toBe(usual.headline['test.rocAuc']);
  });
});

function reversed(dataset: Dataset): Dataset {
  return picked(
    dataset,
    Uint32Array.from({ length: dataset.ids.length }, (_, i) => dataset.ids.length - 1 - i),
  );
}

/** The rows of a dataset in this order. */
function picked(dataset: Dataset, order: Uint32Array): Dataset {
  const { labels } = dataset;
  return {
    ...dataset,
    ids: Array.from(order, (row) => dataset.ids[row]),
    idents: Array.from(order, (row) => dataset.idents[row]),
    X: selectRows(dataset.X, order),
    labels: labels && {
      ...labels,
      label: Int8Array.from(order, (row) => labels.label[row]),
      family: Int32Array.from(order, (row) => labels.family[row]),
    },
  };
}
