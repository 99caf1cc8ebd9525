import { describe, expect, it } from 'vitest';
import { describeInstance } from '../../../src/experiments/instance/describe-instance.js';
import { featureByLabel } from '../../../src/experiments/instance/feature-by-label.js';
import { explainInstance } from '../../../src/experiments/instance/instance-explanation.js';
import { featurePage, instanceFeatures } from '../../../src/experiments/instance/instance-features.js';
import { modelOfResult } from '../../../src/experiments/instance/model-of-result.js';
import { KnownInstances } from '../../../src/experiments/instance/reference-groups.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { modelToJson, type TrainedModel } from '../../../src/ml/model-selection/trained-model.js';
import { fitMedianImputer } from '../../../src/ml/preprocessing/impute.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

const rows = [
  [1, 0, 5],
  [2, 0, 4],
  [3, 1, Number.NaN],
  [8, 1, 1],
  [9, 0, 2],
  [10, 1, 0],
];

function dataset(changes: Partial<Dataset> = {}): Dataset {
  return {
    project: 'P',
    name: 'D',
    ids: ['a', 'b', 'c', 'd', 'e', 'f'],
    idents: ['A', 'B', 'C', 'D', 'E', 'F'],
    timestamps: Float64Array.of(0, 1, 2, 3, 4, Number.NaN),
    featureNames: ['x', 'flag', '<b>z'],
    featureTypes: ['numeric', 'binary', 'numeric'],
    X: denseFromRows(rows),
    labels: {
      label: Int8Array.of(0, 0, 0, 1, 1, -1),
      family: Int32Array.of(-1, -1, -1, 1, 0, -1),
      families: ['botnet', 'worm'],
    },
    hash: 'now',
    ...changes,
  };
}

async function trainedModel(
  id: 'logistic-regression' | 'random-forest' | 'k-nearest-neighbours',
): Promise<TrainedModel> {
  const { X, featureNames } = dataset();
  const imputer = fitMedianImputer(X);
  const y = Uint32Array.of(0, 0, 0, 1, 1, 1);
  const context = { seed: 1, executor: inlineExecutor, progress: () => undefined };
  const params = { ...defaultParams(classifiers[id].params), ...(id === 'k-nearest-neighbours' && { nNeighbors: 1 }) };
  const fitted = await classifiers[id].fit({ X: imputer.apply(X), y, classCount: 2 }, params, context as never);
  const classes = [
    { name: 'benign', malicious: false, family: null },
    { name: 'malicious', malicious: true, family: null },
  ];
  return { model: id, params, featureNames, classes, imputer, fitted };
}

describe('known instances', () => {
  it('are held against benign, malicious and their family, themselves left out', () => {
    const known = new KnownInstances(dataset());
    expect(known.rowOf('d')).toBe(3);
    expect(known.rowOf('absent')).toBeUndefined();
    expect(known.groupsOf(3)).toEqual([
      { group: 'benign', title: 'benign', rows: Uint32Array.of(0, 1, 2) },
      { group: 'malicious', title: 'malicious', rows: Uint32Array.of(4) },
    ]);
    expect(known.groupsOf(0).map(({ group, title, rows: of }) => [group, title, [...of]])).toEqual([
      ['benign', 'benign', [1, 2]],
      ['malicious', 'malicious', [3, 4]],
      ['family', 'other', [1, 2]],
    ]);
    expect([known.label(5), known.family(5)]).toEqual([null, null]);
    expect([...known.rowsLabelled(null)]).toEqual([5]);
  });
});

describe('an explanation', () => {
  it.each(['logistic-regression', 'random-forest'] as const)('of %s adds up, a missing cell included', async (id) => {
    const model = await trainedModel(id);
    for (let row = 0; row < 6; row++) {
      const { explanation, probability, score } = explainInstance(model, dataset(), row);
      const total = explanation?.contributions.reduce((sum, one) => sum + one, explanation.base) ?? Number.NaN;
      const said = explanation?.output === 'score' ? score : probability;
      expect(total).toBeCloseTo(said, 9);
      expect(explanation?.total).toBeCloseTo(said, 9);
      expect(explanation?.contributions.length).toBe(3);
    }
  });

  it('finds the columns by their names, and those the model does not know count nothing', async () => {
    const model = await trainedModel('logistic-regression');
    const turned = dataset({
      X: denseFromRows(rows.map(([x, flag, z]) => [7, z, x, flag])),
      featureNames: ['more', '<b>z', 'x', 'flag'],
      featureTypes: ['numeric', 'numeric', 'numeric', 'binary'],
    });
    const straight = explainInstance(model, dataset(), 4);
    const other = explainInstance(model, turned, 4);
    expect(other.score).toBe(straight.score);
    const [x, flag, z] = straight.explanation?.contributions ?? [];
    expect([...(other.explanation?.contributions ?? [])]).toEqual([0, z, x, flag]);
    expect(() => explainInstance(model, dataset({ featureNames: ['x', 'flag', 'z'] }), 4)).toThrow(/lacks 1 of/);
  });

  it('survives being saved', async () => {
    const model = await trainedModel('random-forest');
    const revived = modelOfResult(JSON.parse(JSON.stringify(modelToJson(model))), 'model.json');
    expect(explainInstance(revived, dataset(), 3)).toEqual(explainInstance(model, dataset(), 3));
    expect(() => modelOfResult(null, 'model.json')).toThrow(/not a model/);
  });

  it('is absent, with the reason, where the model has none', async () => {
    const { explanation, noExplanation } = explainInstance(await trainedModel('k-nearest-neighbours'), dataset(), 3);
    expect(explanation).toBeNull();
    expect(noExplanation).toContain('cannot be taken apart');
  });
});

describe('the features of an instance', () => {
  const features = (X = dataset().X) => {
    const known = new KnownInstances(dataset({ X }));
    const contributions = Float64Array.of(-3, 0.5, 1);
    return instanceFeatures(known, 3, known.groupsOf(3), contributions, new Map([['x', 'How MANY']]));
  };
  const query = { order: 'index', offset: 0, limit: 100 } as const;

  it('come in the order asked for, cut into pages', () => {
    const names = (order: 'contribution' | 'benign' | 'malicious' | 'family' | 'name' | 'index') =>
      featurePage(features(), { ...query, order }).features.map(({ name }) => name);
    expect(names('index')).toEqual(['x', 'flag', '<b>z']);
    expect(names('name')).toEqual(['<b>z', 'flag', 'x']);
    expect(names('contribution')).toEqual(['x', '<b>z', 'flag']);
    // Its family has nobody else: nothing to be ordered by.
    expect(names('family')).toEqual(['x', 'flag', '<b>z']);
    const { unusualness } = features().standings.get('benign') ?? { unusualness: new Float64Array(3) };
    expect(names('benign')).toEqual(
      [0, 1, 2].sort((a, b) => unusualness[b] - unusualness[a] || a - b).map((j) => dataset().featureNames[j]),
    );
    const page = featurePage(features(), { ...query, offset: 1, limit: 1 });
    expect([page.total, page.features.map(({ index }) => index)]).toEqual([3, [1]]);
  });

  it('are found by name or description, in any case', () => {
    const found = (text: string) => featurePage(features(), { ...query, text }).features.map(({ name }) => name);
    expect(found('FLA')).toEqual(['flag']);
    expect(found('many')).toEqual(['x']);
    expect(found('<B>')).toEqual(['<b>z']);
    expect(found('nothing')).toEqual([]);
  });

  it('hold no NaN, and are the same for sparse features', () => {
    const page = featurePage(features(), query);
    expect(JSON.stringify(page)).not.toContain('NaN');
    expect(page.features[0]).toMatchObject({
      value: 8,
      contribution: -3,
      description: 'How MANY',
      standings: { benign: { mean: 2, standardDeviation: 1, zScore: 6, percentile: 100 } },
    });
    const complete = denseFromRows(rows.map((row) => row.map((cell) => (Number.isNaN(cell) ? 3 : cell))));
    const rounded = (X: Dataset['X']) =>
      JSON.stringify(featurePage(features(X), query), (_, value: unknown) =>
        typeof value === 'number' ? Number(value.toPrecision(12)) : value,
      );
    expect(rounded(toSparse(complete))).toBe(rounded(complete));
  });

  it('are summarised by label over the whole dataset', () => {
    const summary = featureByLabel(new KnownInstances(dataset()), 2, new Map());
    expect(summary.groups.map(({ name, instances, missing }) => [name, instances, missing])).toEqual([
      ['benign', 3, 1],
      ['malicious', 2, 0],
      ['unlabeled', 1, 0],
    ]);
    for (const { counts, instances, missing } of summary.groups) {
      expect(counts.length).toBe(summary.edges.length - 1);
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(instances - missing);
    }
  });
});

describe('an instance', () => {
  const row = (part: string, fold: number | null, probability: number): PredictionRow => ({
    row: 0,
    instanceId: 'd',
    ident: 'D',
    part,
    fold,
    label: 'malicious',
    family: 'worm',
    probability,
    score: null,
    predicted: 'malicious',
    rank: 1,
  });
  const verdict = { probability: 0.75, score: Number.NaN, explanation: null, noExplanation: 'no' };
  const known = new KnownInstances(dataset());
  const sources = { known, row: 3, groups: [], verdict, isValidation: false, hash: 'now', views: [], predictions: [] };

  it('has the predictions of its own dataset alone: ids may repeat', () => {
    const predictions = [row('test', null, 0.75), row('dataset:D', null, 0.75), row('dataset:other', null, 0.1)];
    const parts = (isValidation: boolean) =>
      describeInstance({ ...sources, isValidation, predictions }).predictions.map(({ part }) => part);
    expect(parts(false)).toEqual(['test']);
    expect(parts(true)).toEqual(['dataset:D']);
  });

  it('says what changed since the experiment', () => {
    const notes = (changes: Partial<Parameters<typeof describeInstance>[0]>) =>
      describeInstance({ ...sources, ...changes }).notes;
    expect(notes({ predictions: [row('test', null, 0.75)] })).toEqual([]);
    expect(notes({ hash: 'then' })).toEqual([expect.stringContaining('have changed since the experiment')]);
    expect(notes({ hash: null })).toEqual([]);
    expect(notes({ predictions: [row('test', null, 0.7500000001)] })).toEqual([
      expect.stringContaining('says something else'),
    ]);
    expect(notes({ predictions: [row('fold.1', 1, 0.1)] })).toEqual([expect.stringContaining('the folds')]);
  });

  it('tells why there is no explanation', () => {
    expect(describeInstance(sources)).toMatchObject({
      explanation: null,
      noExplanation: 'no',
      timestamp: '1970-01-01T00:00:00.003Z',
    });
    expect(describeInstance({ ...sources, verdict: { problem: 'gone' }, row: 5 })).toMatchObject({
      noExplanation: 'gone',
      timestamp: null,
      label: null,
    });
  });
});
