import { afterAll, describe, expect, it } from 'vitest';
import { classify } from '../../../../src/experiments/classify/classify.js';
import type { AlertSettings, ClassifySettings, Validation } from '../../../../src/experiments/classify/settings.js';
import { classifiers } from '../../../../src/ml/classifiers/registry.js';
import type { Executor } from '../../../../src/ml/fit-context.js';
import type { Dataset } from '../../../../src/ml/matrix/dataset.js';
import { defaultParams } from '../../../../src/ml/params.js';
import { inlineExecutor } from '../../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../../src/parallel/thread-executor.js';
import { type PanelData, panelSchemas } from '../../../../src/schema/panels/registry.js';
import { alertKinds } from '../../../../src/schema/vocabulary.js';
import { syntheticDataset } from '../synthetic-dataset.js';
import { classifySettings } from '../classify-settings.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const everything: AlertSettings = { kinds: alertKinds, clustering: 'kmeans', clusters: 2 };
const random: Validation = { mode: 'random', testSize: 0.4 };

function run(
  validation: Validation,
  more: Partial<ClassifySettings> = {},
  dataset: Dataset = syntheticDataset(),
  executor: Executor = inlineExecutor,
) {
  const settings: ClassifySettings = classifySettings('logistic-regression', validation, {
    tuningFolds: 3,
    alerts: everything,
    ...more,
  });
  return classify(dataset, [], settings, { seed: 0, executor, stage: () => {} });
}

type Outcome = Awaited<ReturnType<typeof run>>;

function panelOf({ panels }: Outcome, part: string): PanelData<'alerts'> {
  const panel = panels.find(({ id }) => id === `alerts:${part}`);
  if (panel?.kind !== 'alerts') throw new Error(`no alerts of ${part}`);
  return panelSchemas.alerts.parse(panel.data);
}

/** The rows of a part that are called malicious, by the table of predictions. */
function calledMalicious({ predictions }: Outcome, part: string) {
  if (!predictions) throw new Error('no predictions');
  const { names, codes } = predictions.part;
  const rows = [...codes.keys()].filter((row) => names[codes[row]].startsWith(part));
  return rows
    .filter((row) => predictions.predicted.names[predictions.predicted.codes[row]] === 'malicious')
    .map((row) => ({ id: predictions.instanceId[row], rank: predictions.rank[row] }));
}

describe('alerts', () => {
  it('are what is called malicious: the highest, some by chance, clusters and families of them alone', async () => {
    const outcome = await run(random, {}, syntheticDataset({ distance: 5 }));
    const { top = [], random: drawn = [], groupings, ...counts } = panelOf(outcome, 'test');
    const called = calledMalicious(outcome, 'test').toSorted((a, b) => a.rank - b.rank);
    expect(called.length).toBeGreaterThan(20);
    expect(counts.alerts).toBe(called.length);
    expect(counts.malicious + counts.benign + counts.unlabeled).toBe(called.length);
    expect(top.map(({ instanceId, rank }) => ({ id: instanceId, rank }))).toEqual(called.slice(0, 100));
    expect(new Set(drawn.map(({ instanceId }) => instanceId))).toEqual(new Set(called.map(({ id }) => id)));
    expect(groupings.map(({ by }) => by)).toEqual(['clusters', 'families']);
    for (const { groups } of groupings) {
      expect(groups.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(called.length);
      for (const { members, alerts } of groups) expect(members).toHaveLength(Math.min(10, alerts));
    }
    const [, families] = groupings;
    // The two families lie along features of their own: each group is one of them, by labels and by features.
    expect(families.groups.map(({ name }) => name).toSorted()).toEqual(['botnet', 'worm']);
    for (const { name, families: known, features, probability } of families.groups) {
      expect(known[0]).toMatchObject({ family: name, label: 'malicious' });
      expect(known[0].alerts).toBeGreaterThan(0.8 * known.reduce((sum, { alerts }) => sum + alerts, 0));
      const along = features.find(({ feature }) => feature === (name === 'botnet' ? 'a' : 'b'));
      expect(along?.difference).toBeGreaterThan(1);
      expect(probability).toBeGreaterThan(0.8);
    }
    expect(outcome.panels.some(({ id }) => id === 'alerts:train')).toBe(false);
    expect(outcome.alerts?.rows).toHaveLength(called.length);
    expect(outcome.settings).toMatchObject({ alerts: [...alertKinds], alertClustering: 'kmeans', alertClusters: 2 });
  });

  it('of all folds are one list, whose families come from what each model was trained on', async () => {
    const outcome = await run({ mode: 'cv', folds: 3 }, { alerts: { ...everything, kinds: ['families'] } });
    const { top, random: drawn, groupings, alerts } = panelOf(outcome, 'cv');
    expect([top, drawn]).toEqual([undefined, undefined]);
    expect(alerts).toBe(calledMalicious(outcome, 'fold.').length);
    expect(groupings[0].groups.map(({ name }) => name).toSorted()).toEqual(['botnet', 'worm']);
    expect(outcome.panels.filter(({ kind }) => kind === 'alerts')).toHaveLength(1);
  });

  it('are the same on any number of threads', async () => {
    const one = await run(random);
    const two = await run(random, {}, syntheticDataset(), threads);
    const kept = ({ panels, alerts }: Outcome) => JSON.stringify([panels, alerts]);
    expect(kept(two)).toBe(kept(one));
  });

  it('draw at most a hundred, and tell where there is no alert or too few for the clusters', async () => {
    const many = panelOf(await run(random, { detectionThreshold: 0 }, syntheticDataset({ rows: 500 })), 'test');
    expect(many.alerts).toBe(200);
    expect(many.random).toHaveLength(100);
    const ranks = many.random?.map(({ rank }) => rank) ?? [];
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(100);
    expect(Math.max(...ranks)).toBeGreaterThan(150);
    const few = await run(random, { alertBudget: 3, alerts: { ...everything, clusters: 5 } });
    expect(panelOf(few, 'test').groupings[0].groups).toHaveLength(3);
    expect(few.warnings).toContain('the test part: 3 alerts cannot make 5 clusters: there are 3');
    const none = panelOf(await run(random, { detectionThreshold: 1 }), 'test');
    expect(none).toMatchObject({ alerts: 0, top: [], random: [], groupings: [] });
  });

  it('have no families where the training part has fewer than two of the malicious', async () => {
    const dataset = syntheticDataset();
    if (!dataset.labels) throw new Error('no labels');
    const family = dataset.labels.family.map((code, row) => (dataset.labels?.label[row] === 1 ? 2 : code));
    const outcome = await run(random, {}, { ...dataset, labels: { ...dataset.labels, family } });
    expect(panelOf(outcome, 'test').groupings.map(({ by }) => by)).toEqual(['clusters']);
    expect(outcome.warnings).toContain(
      'the test part: families of alerts need at least two malicious families to learn from; there is one, "worm"',
    );
  });

  it('of models that know no families are sorted by one that does, missing cells or not', async () => {
    const forest = {
      model: 'isolation-forest',
      points: [defaultParams(classifiers['isolation-forest'].params)],
    } as const;
    const anomalies = panelOf(await run(random, { ...forest, detectionThreshold: -0.45 }), 'test');
    expect(anomalies.groupings[1].how).toMatch(/^logistic-regression, /);
    const dataset = syntheticDataset();
    for (let i = 0; i < dataset.X.values.length; i += 7) dataset.X.values[i] = Number.NaN;
    const boosting = 'hist-gradient-boosting';
    const points = [defaultParams(classifiers[boosting].params)];
    const gaps = panelOf(await run(random, { model: boosting, points }, dataset), 'test');
    expect(gaps.groupings.map(({ by }) => by)).toEqual(['clusters', 'families']);
    expect(gaps.groupings[1].how).toMatch(/^hist-gradient-boosting, /);
  });
});

describe('alerts that are all alike', () => {
  it('are one cluster, and have nothing that sets them apart', async () => {
    const dataset = syntheticDataset();
    dataset.X.values.forEach((_, at) => {
      dataset.X.values[at] = dataset.labels?.label[Math.floor(at / 4)] === 1 ? 5 : 0;
    });
    const outcome = await run(random, {}, dataset);
    const { alerts, groupings } = panelOf(outcome, 'test');
    expect(alerts).toBeGreaterThan(10);
    expect(groupings[0].groups).toHaveLength(1);
    expect(groupings[0].groups[0]).toMatchObject({ alerts, features: [] });
    expect(groupings[1].groups.reduce((sum, group) => sum + group.alerts, 0)).toBe(alerts);
  });
});

describe('an alert budget', () => {
  it('is the lowest threshold that keeps to it, of all parts alike', async () => {
    for (const alertBudget of [1, 7, 20]) {
      const { headline, settings, warnings } = await run(random, { alertBudget });
      expect(headline['test.alerts']).toBe(alertBudget);
      expect(settings).toMatchObject({ alertBudget });
      expect(warnings.filter((warning) => warning.includes('budget'))).toEqual([]);
      const again = await run(random, { detectionThreshold: settings.detectionThreshold as number });
      expect(again.headline).toEqual(headline);
    }
    const folds = await run({ mode: 'cv', folds: 3 }, { alertBudget: 10 });
    expect(folds.headline['cv.alerts']).toBe(10);
  });

  it('tells of ties that keep it from being used up', async () => {
    const dataset = syntheticDataset();
    for (let i = 0; i < dataset.X.values.length; i++) dataset.X.values[i] = dataset.X.values[i] > 2 ? 1 : 0;
    const { headline, warnings } = await run(random, { alertBudget: 3 }, dataset);
    expect(headline['test.alerts']).toBeLessThan(3);
    expect(warnings.find((warning) => warning.includes('alert budget of 3'))).toMatch(/\d+ instances tie at 0\.\d+/);
  });
});
