import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/experiments/classify/classify.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import { type ClassifierId, classifiers } from '../../../src/ml/classifiers/registry.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, expandGrid, type ParamValue } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { classifySettings } from './classify-settings.js';

/** One row a day, malicious (1) or benign (0); a feature that differs by label, and one of noise. */
function dataset(labels: readonly number[], groups?: readonly string[]): Dataset {
  const stream = randomStream(2, 'one-sided');
  const X = denseMatrix(labels.length, 2);
  labels.forEach((label, row) => {
    X.values[2 * row] = stream.normal() + 3 * label;
    X.values[2 * row + 1] = stream.normal();
  });
  const names = [...new Set(groups)];
  const group = Int32Array.from(groups ?? [], (name) => names.indexOf(name));
  return {
    project: 'Synthetic',
    name: 'one-sided',
    ids: labels.map((_, row) => `i${row}`),
    idents: labels.map((_, row) => `instance ${row}`),
    featureNames: ['a', 'b'],
    featureTypes: ['numeric', 'numeric'],
    X,
    labels: { label: Int8Array.from(labels), family: Int32Array.from(labels), families: ['benign', 'malicious'] },
    timestamps: Float64Array.from(labels, (_, row) => row * 86_400_000),
    ...(groups && { groups: new Map([['team', { group, names }]]) }),
    hash: 'one-sided',
  };
}

function settings(validation: Validation, model: ClassifierId = 'logistic-regression', C?: number[]): ClassifySettings {
  const { params } = classifiers[model];
  const listed = new Map<string, ParamValue[]>(C && [['C', C]]);
  return classifySettings(model, validation, {
    points: C ? expandGrid(params, listed) : [defaultParams(params)],
    trainingDetection: false,
  });
}

/** Stages that were reached are pushed to `stages`. */
const context = (stages: string[] = []): ExperimentContext => ({
  seed: 0,
  executor: inlineExecutor,
  stage: (name) => stages.push(name),
});

const turns = (count: number): number[] => Array.from({ length: count }, (_, row) => row % 2);
const lag = { gap: 0, labelDelay: 0 };
const window: Extract<Validation, { mode: 'sliding-window' }> = {
  mode: 'sliding-window',
  buckets: 5,
  trainBuckets: 2,
  testBuckets: 1,
  bucketBy: 'time',
  ...lag,
};

describe('data of one label here and there', () => {
  it('leaves F1 undefined in a fold without malicious instances, alarms or none, and its mean over the others', async () => {
    const late = dataset([...turns(40), ...new Array<number>(20).fill(0)]);
    // Everything is an alert: false ones in the last fold.
    const all = { ...settings({ mode: 'temporal-cv', folds: 5, bucketBy: 'time', ...lag }), detectionThreshold: 0 };
    const { headline, warnings } = await classify(late, [], all, context());
    expect(headline['fold.4.alerts']).toBe(10);
    expect(headline['fold.4.f1']).toBeNull();
    expect(headline['cv.f1']).toBeCloseTo(2 / 3, 12);
    expect(headline['cv.aut']).toBeNull();
    expect(warnings).toContain('fold 4 has no malicious instances: the figures that need some are undefined');
    expect(warnings.find((warning) => /f1.* undefined in 2 of 5 folds.* over the other 3/.test(warning))).toBeDefined();
  });

  it('trains a model that needs no labels on windows of one label, and skips them for one that does', async () => {
    const early = dataset([...new Array<number>(40).fill(0), ...turns(60)]);
    const unlabelled = await classify(early, [], settings(window, 'isolation-forest'), context());
    expect(unlabelled.headline).toHaveProperty(['fold.0.instances'], 20);
    const supervised = await classify(early, [], settings(window), context());
    expect(supervised.headline).not.toHaveProperty(['fold.0.instances']);
    expect(supervised.warnings.join('\n')).toMatch(/fold 0 .* is skipped: what is before it has one class only/);
    // Its folds are even: nothing to say of their sizes.
    expect(supervised.warnings.join('\n')).not.toMatch(/folds of equal time/);
  });

  it('tells of spans without an instance where folds are of equal time', async () => {
    const of = dataset(turns(60));
    const hole = { ...of, timestamps: of.timestamps?.map((time, row) => (row < 30 ? time : time + 1e12)) };
    const plan = settings({ mode: 'temporal-cv', folds: 4, bucketBy: 'time', ...lag });
    const { warnings } = await classify(hole, [], plan, context());
    expect(warnings).toContain(
      'folds of equal time test on 0 to 30 instances: --bucket-by instances shares them out evenly',
    );
    expect(
      warnings.filter((warning) => /^fold \d .* is skipped: no instance is of its time$/.test(warning)),
    ).toHaveLength(3);
    const many = settings({ mode: 'temporal-cv', folds: 20, bucketBy: 'time', ...lag });
    const told = (await classify(hole, [], many, context())).warnings.filter((warning) => warning.includes('skipped'));
    expect(told).toEqual(['19 of 20 folds (0, 1, 2, 3, 4, …) are skipped: no instance is of its time']);
  });

  it('says why there is no decay: one time, or one fold', async () => {
    const of = dataset(turns(40));
    const late = { ...of, timestamps: of.timestamps?.map((_, row) => Math.min(row, 30)) };
    const cut = await classify(late, [], settings({ mode: 'temporal', testSize: 0.2, ...lag }), context());
    expect(cut.warnings).toContain('the test part: all its instances are of one time: no decay and no AUT');
    const once = settings({ ...window, buckets: 2, trainBuckets: 1 });
    const { warnings } = await classify(of, [], once, context());
    expect(warnings).toContain('the folds: there is one alone: no decay and no AUT');
  });

  it('says that windows of several tested buckets count instances more than once', async () => {
    const of = dataset(turns(60));
    const twice = await classify(of, [], settings({ ...window, testBuckets: 2 }), context());
    expect(twice.headline['cv.instances']).toBe(48);
    expect(twice.warnings.join('\n')).toMatch(/the folds overlap, as each tests on 2 buckets/);
    const once = await classify(of, [], settings(window), context());
    expect(once.warnings.join('\n')).not.toMatch(/overlap/);
  });

  it('says where listed test rows are earlier than some that are trained on', async () => {
    const of = dataset(turns(40));
    const ids = (from: number, until: number): Set<string> => new Set(of.ids.slice(from, until));
    const told = /--test-ids lets the model learn from later ones/;
    const past = await classify(of, [], settings({ mode: 'fixed', testIds: ids(0, 10) }), context());
    expect(past.warnings.join('\n')).toMatch(told);
    const future = await classify(of, [], settings({ mode: 'fixed', testIds: ids(30, 40) }), context());
    expect(future.warnings.join('\n')).not.toMatch(told);
  });

  it('refuses a fold that leaves one label before anything is trained, and names the groups', async () => {
    const teams = turns(40).map((label, row) => (label === 1 ? 'red' : `t${row % 7}`));
    const stages: string[] = [];
    const folds = settings({ mode: 'cv', folds: 3, groupBy: 'team' });
    await expect(classify(dataset(turns(40), teams), [], folds, context(stages))).rejects.toMatchObject({
      message: expect.stringMatching(/without fold \d, the training instances have "benign"/),
      hint: expect.stringContaining('groups of "team"'),
    });
    expect(stages).toEqual([]);
  });

  it('tunes without the folds that leave one label, and says so where no fold can choose', async () => {
    const one = dataset([1, ...new Array<number>(23).fill(0)]);
    // The listed row is benign: the malicious one is trained on, and alone.
    const fixed = settings({ mode: 'fixed', testIds: new Set(['i5']) }, 'logistic-regression', [0.1, 1]);
    const { headline, warnings } = await classify(one, [], fixed, context());
    expect(headline['tuning.rocAuc']).toBeNull();
    expect(warnings.join('\n')).toMatch(/tuning had nothing to choose by, so the first of 2 settings was taken/);
  });

  it('says that nothing is scored where every instance has a label', async () => {
    const all = settings({ mode: 'unlabeled' });
    await expect(classify(dataset(turns(40)), [], all, context())).rejects.toThrow(/has nothing to score/);
    const { warnings } = await classify(dataset(turns(40)), [], { ...all, trainingDetection: true }, context());
    expect(warnings.join('\n')).toMatch(/every instance has a label: --validation unlabeled scores none/);
  });
});
