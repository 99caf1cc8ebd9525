import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { classify } from '../../../src/experiments/classify/classify.js';
import { canProduce } from '../../../src/experiments/classify/headline.js';
import { raceCandidates, startingOrder, tooSlowFor } from '../../../src/experiments/classify/race-candidates.js';
import type { ClassifySettings } from '../../../src/experiments/classify/settings.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { panelSchemas } from '../../../src/schema/panels/registry.js';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { syntheticDataset } from './synthetic-dataset.js';
import { classifySettings } from './classify-settings.js';

const context = { seed: 0, executor: inlineExecutor, stage: () => {} };
const quick = ['gaussian-naive-bayes', 'logistic-regression', 'decision-tree', 'random-forest'];
const candidates = raceCandidates(false).filter(({ model }) => quick.includes(model));

function settings(more: Partial<ClassifySettings> = {}): ClassifySettings {
  return classifySettings(
    'logistic-regression',
    { mode: 'random', testSize: 0.3 },
    { candidates, tuningFolds: 3, ...more },
  );
}

const race = async (more: Partial<ClassifySettings> = {}, world: object = {}, dataset = syntheticDataset()) => {
  const outcome = await classify(dataset, [], settings(more), { ...context, ...world });
  const panel = outcome.panels.find(({ kind }) => kind === 'race');
  const data = panelSchemas.race.parse(panel?.data) as PanelData<'race'>;
  return { outcome, data, runners: new Map(data.runners.map((runner) => [runner.model, runner])) };
};

/** A limit that is reached after it was asked for so many times. */
const upAfter = (looks: number) => ({
  timeLimit: () => {
    let left = looks;
    return {
      get cancelled() {
        return left-- <= 0;
      },
    };
  },
});

describe('a race of models', () => {
  it('takes the one that did best, and validates it as if it had been asked for alone', async () => {
    const { outcome, data } = await race();
    const [winner] = data.runners.filter(({ won }) => won);
    expect(winner.mean).toBe(Math.max(...data.runners.map(({ mean }) => mean ?? Number.NaN)));
    expect(data.runners.map(({ standing }) => standing)).toEqual(candidates.map(() => 'judged'));
    const { model, points } = candidates.find((candidate) => candidate.model === winner.model) ?? candidates[0];
    const alone = await classify(syntheticDataset(), [], settings({ candidates: undefined, model, points }), context);
    expect(outcome.files).toEqual(alone.files);
    for (const [name, value] of Object.entries(alone.headline)) expect(outcome.headline[name], name).toBe(value);
    expect(outcome.headline['tuning.rocAuc']).toBe(winner.mean);
    expect(canProduce('tuning.rocAuc', settings())).toBe(true);
    expect(outcome.settings.model).toBe('auto');
  });

  it('judges the grids after the defaults', async () => {
    const tuned = raceCandidates(true).filter(
      ({ model }) => model === 'decision-tree' || model === 'logistic-regression',
    );
    const { data } = await race({ candidates: tuned });
    expect(data.runners.map(({ tried, points }) => [tried, points])).toEqual([
      [8, 8],
      [10, 10],
    ]);
    const { data: cut, outcome } = await race({ candidates: tuned, timeLimit: 1 }, upAfter(1));
    expect(cut.runners.map(({ standing, tried }) => [standing, tried])).toContainEqual(['defaults', 1]);
    expect(outcome.warnings.join()).toMatch(/the time was up before these models of the race were tuned/);
  });

  it('judges one model whatever the time, and tells which it had none for', async () => {
    const { runners, outcome, data } = await race({ timeLimit: 1 }, upAfter(0));
    expect(data.timeLimit).toBe(1);
    const judged = data.runners.filter(({ standing }) => standing === 'judged');
    expect(judged.map(({ won }) => won)).toEqual([true]);
    expect(runners.get('random-forest')).toMatchObject({ standing: 'not-begun', mean: null, params: null });
    expect(outcome.warnings.join()).toMatch(
      /the time was up before these models of the race were judged: .*random-forest/,
    );
  });

  it('shares the time out among the rounds of a validation, and tells where their winners differ', async () => {
    const asked: number[] = [];
    const timeLimit = (seconds: number) => {
      asked.push(seconds);
      return { cancelled: false };
    };
    await race({ timeLimit: 10, validation: { mode: 'cv', folds: 4 } }, { timeLimit });
    expect(asked).toEqual([2, 2, 2, 2, 2]);
  });

  it('keeps the order of time inside the training part, in each round', async () => {
    const dataset = syntheticDataset();
    const timed = { ...dataset, timestamps: Float64Array.from(dataset.ids, (_, row) => row) };
    const order = { bucketBy: 'instances', gap: 0, labelDelay: 0 } as const;
    const modes = [
      { mode: 'temporal', testSize: 0.3, gap: 0, labelDelay: 0 },
      { mode: 'temporal-cv', folds: 3, ...order },
      { mode: 'sliding-window', buckets: 4, trainBuckets: 2, testBuckets: 1, ...order },
    ] as const;
    for (const validation of modes) {
      const { data, outcome } = await race({ validation }, {}, timed);
      const winner = data.runners.find(({ won }) => won);
      const { model, points } = candidates.find((candidate) => candidate.model === winner?.model) ?? candidates[0];
      const lone = { ...settings({ validation, candidates: undefined, model, points }) };
      const alone = await classify(timed, [], lone, context);
      // The model that is kept is that of the last rows, whoever asked for it.
      expect(outcome.files, validation.mode).toEqual(alone.files);
    }
  });

  it('leaves out what cannot learn from such data, and says why', async () => {
    const dataset = syntheticDataset();
    const values = dataset.X.values.slice();
    values[3] = Number.NaN;
    const holed = { ...dataset, X: { ...dataset.X, values } };
    const withTrees = raceCandidates(false);
    const { runners } = await race({ candidates: withTrees }, {}, holed);
    expect(runners.get('logistic-regression')).toMatchObject({
      standing: 'left-out',
      reason: 'it takes no missing values',
    });
    expect(runners.get('hist-gradient-boosting')).toMatchObject({ standing: 'judged', won: true });
    await expect(race({}, {}, holed)).rejects.toBeInstanceOf(UserError);
    const withoutRoom = withTrees.map((candidate) => ({ ...candidate, tooLarge: 'it needs a larger house' }));
    await expect(race({ candidates: withoutRoom }, {}, dataset)).rejects.toThrow(
      /no model of auto can learn from these rows \(logistic-regression: it needs a larger house;/,
    );
  });

  it('does not begin what would take hours, unless there is a limit', () => {
    const data = { X: { ...denseMatrix(1, 50), rows: 2_000_000 }, y: new Uint32Array(0), classCount: 2 };
    const [nearest] = raceCandidates(false).filter(({ model }) => model === 'k-nearest-neighbours');
    const [bayes] = raceCandidates(false).filter(({ model }) => model === 'gaussian-naive-bayes');
    expect(tooSlowFor(nearest, data, 400)).toMatch(/^it would take about \d+ minutes of one core$/);
    expect(tooSlowFor(bayes, data, 400)).toBeNull();
    expect(startingOrder([nearest, bayes], data)).toEqual([bayes, nearest]);
  });

  it('ends where it is cancelled from outside', async () => {
    await expect(race({ timeLimit: 5 }, { signal: { cancelled: true } })).rejects.toThrow(/interrupted/i);
  });
});
