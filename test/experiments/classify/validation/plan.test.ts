import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/errors.js';
import type { ClassifySettings, TimeOrder, Validation } from '../../../../src/experiments/classify/settings.js';
import { planValidation } from '../../../../src/experiments/classify/validation/plan.js';
import { tuningRounds } from '../../../../src/experiments/classify/validation/tuning-rounds.js';
import type { ValidationPlan } from '../../../../src/experiments/classify/validation/validation-plan.js';
import type { Dataset } from '../../../../src/ml/matrix/dataset.js';
import { syntheticDataset } from '../synthetic-dataset.js';

interface Made {
  readonly dataset: Dataset;
  readonly labelled: Uint32Array;
  readonly strata: Int32Array;
}

/** Rows with times (some without), groups that last a while, and labels (some without). */
const made: fc.Arbitrary<Made> = fc
  .array(
    fc.record({
      time: fc.option(fc.integer({ min: 0, max: 100 }), { nil: Number.NaN, freq: 9 }),
      group: fc.integer({ min: -1, max: 15 }),
      label: fc.constantFrom(-1, 0, 0, 1, 1),
    }),
    { minLength: 12, maxLength: 80 },
  )
  .map((rows) => {
    const dataset: Dataset = {
      ...syntheticDataset({ rows: rows.length }),
      timestamps: Float64Array.from(rows, ({ time }) => time),
      groups: new Map([
        ['campaign', { group: Int32Array.from(rows, ({ group }) => group), names: Array.from({ length: 16 }, String) }],
      ]),
    };
    const labelled = Uint32Array.from(rows.keys()).filter((row) => rows[row].label !== -1);
    return { dataset, labelled, strata: Int32Array.from(labelled, (row) => rows[row].label) };
  });

const order: fc.Arbitrary<TimeOrder> = fc.record({
  gap: fc.constantFrom(0, 0, 3, 10),
  labelDelay: fc.constantFrom(0, 0, 2, 15),
  groupBy: fc.constantFrom(undefined, 'campaign'),
});
const bucketBy = fc.constantFrom('time' as const, 'instances' as const);
const testSize = fc.constantFrom(0.1, 0.3, 0.5);

const inTime: fc.Arbitrary<Validation & TimeOrder> = fc.oneof(
  fc.tuple(order, testSize).map(([of, size]) => ({ mode: 'temporal' as const, testSize: size, ...of })),
  fc.tuple(order, fc.integer({ min: 1, max: 100 })).map(([of, cutoff]) => ({ mode: 'cutoff' as const, cutoff, ...of })),
  fc
    .tuple(order, fc.integer({ min: 2, max: 6 }), bucketBy)
    .map(([of, folds, by]) => ({ mode: 'temporal-cv' as const, folds, bucketBy: by, ...of })),
  fc
    .tuple(order, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 }), bucketBy)
    .map(([of, trainBuckets, testBuckets, by]) => ({
      mode: 'sliding-window' as const,
      buckets: 7,
      trainBuckets,
      testBuckets,
      bucketBy: by,
      ...of,
    })),
);

const shuffled: fc.Arbitrary<Validation> = fc.oneof(
  testSize.map((size) => ({ mode: 'random' as const, testSize: size, groupBy: 'campaign' })),
  fc.integer({ min: 2, max: 4 }).map((folds) => ({ mode: 'cv' as const, folds, groupBy: 'campaign' })),
);

/** The plan, or null where the rows do not allow it: then in plain words. */
function planOf({ dataset, labelled, strata }: Made, validation: Validation, seed = 0): ValidationPlan | null {
  try {
    return planValidation(validation, dataset, labelled, strata, seed);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const timeOf = ({ dataset }: Made, row: number): number => dataset.timestamps?.[row] ?? Number.NaN;
const groupOf = ({ dataset }: Made, row: number): number => dataset.groups?.get('campaign')?.group[row] ?? -1;

function noGroupOnBothSides(of: Made, train: Iterable<number>, test: Iterable<number>): void {
  const known = new Set([...train].map((row) => groupOf(of, row)));
  known.delete(-1);
  expect([...test].filter((row) => known.has(groupOf(of, row)))).toEqual([]);
}

function inOrder(of: Made, train: Iterable<number>, test: Iterable<number>, { gap, labelDelay }: TimeOrder): void {
  const latest = Math.max(...[...train].map((row) => timeOf(of, row)));
  const first = Math.min(...[...test].map((row) => timeOf(of, row)));
  expect(latest + gap + labelDelay).toBeLessThan(first);
}

describe('validations by time', () => {
  it('never train on what is not older than every test row by gap and label delay, nor on a group of theirs', () => {
    let planned = 0;
    fc.assert(
      fc.property(made, inTime, (of, validation) => {
        for (const { train, test } of planOf(of, validation)?.rounds ?? []) {
          planned++;
          expect(train.length).toBeGreaterThan(0);
          inOrder(of, train, test, validation);
          if (validation.groupBy) noGroupOnBothSides(of, train, test);
        }
      }),
    );
    // Most draws allow a plan: the property speaks of something.
    expect(planned).toBeGreaterThan(50);
  });

  it('account for every labelled row in every round', () => {
    fc.assert(
      fc.property(made, inTime, (of, validation) => {
        for (const { train, test, leftOut } of planOf(of, validation)?.rounds ?? []) {
          const rows = [...train, ...test];
          expect(new Set(rows).size).toBe(rows.length);
          expect(rows.filter((row) => !of.labelled.includes(row))).toEqual([]);
          const out = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
          expect(rows.length + out).toBe(of.labelled.length);
          expect(leftOut.timeless).toBe(of.labelled.filter((row) => Number.isNaN(timeOf(of, row))).length);
        }
      }),
    );
  });

  it('judge each row with a time in one fold, but for those of the first bucket and of skipped folds', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 2, max: 6 }), bucketBy, (of, folds, by) => {
        const plan = planOf(of, { mode: 'temporal-cv', folds, bucketBy: by, gap: 0, labelDelay: 0 });
        if (!plan || plan.skipped.length > 0) return;
        const judged = plan.rounds.flatMap(({ test }) => [...test]);
        const trained = [...plan.rounds[0].train];
        const timed = [...of.labelled].filter((row) => !Number.isNaN(timeOf(of, row)));
        expect([...trained, ...judged].sort((a, b) => a - b)).toEqual(timed);
      }),
    );
  });

  it('keep the order in the tuning folds inside the training part', () => {
    let tuned = 0;
    fc.assert(
      fc.property(made, inTime, fc.integer({ min: 2, max: 4 }), (of, validation, tuningFolds) => {
        for (const { train } of planOf(of, validation)?.rounds ?? []) {
          const y = Uint32Array.from(train, (row) => of.strata[of.labelled.indexOf(row)]);
          const settings = { validation, tuningFolds } as ClassifySettings;
          let rounds: ReturnType<typeof tuningRounds>;
          try {
            rounds = tuningRounds(of.dataset, train, y, settings, 0);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
            continue;
          }
          for (const round of rounds ?? []) {
            tuned++;
            const [a, b] = [round.train, round.test].map((positions) => positions.map((at) => train[at]));
            inOrder(of, a, b, validation);
            if (validation.groupBy) noGroupOnBothSides(of, a, b);
          }
        }
      }),
    );
    expect(tuned).toBeGreaterThan(50);
  });
});

describe('random validations by group', () => {
  it('never have a group on both sides, in the tuning neither, and judge every row', () => {
    fc.assert(
      fc.property(made, shuffled, fc.nat(), (of, validation, seed) => {
        const plan = planOf(of, validation, seed);
        for (const { train, test } of plan?.rounds ?? []) {
          noGroupOnBothSides(of, train, test);
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...of.labelled]);
          const y = Uint32Array.from(train, (row) => of.strata[of.labelled.indexOf(row)]);
          try {
            for (const round of tuningRounds(
              of.dataset,
              train,
              y,
              { validation, tuningFolds: 2 } as ClassifySettings,
              0,
            ) ?? []) {
              noGroupOnBothSides(
                of,
                round.train.map((at) => train[at]),
                round.test.map((at) => train[at]),
              );
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        }
        if (plan && validation.mode === 'cv') {
          const judged = plan.rounds.flatMap(({ test }) => [...test]);
          expect(judged.sort((a, b) => a - b)).toEqual([...of.labelled]);
        }
      }),
    );
  });
});

/** Ten rows, one a day from day 0, alternately benign and malicious. */
function tenDays(): Made {
  const dataset: Dataset = {
    ...syntheticDataset({ rows: 10 }),
    timestamps: Float64Array.from({ length: 10 }, (_, day) => day),
    groups: new Map([['host', { group: Int32Array.from([0, 0, 1, 1, 2, 2, 0, 3, 3, 4]), names: [...'abcde'] }]]),
  };
  return {
    dataset,
    labelled: Uint32Array.from({ length: 10 }, (_, row) => row),
    strata: Int32Array.from({ length: 10 }, (_, row) => row % 2),
  };
}

const days = (plan: ValidationPlan | null) =>
  plan?.rounds.map(({ train, test }) => `${[...train].join('')}|${[...test].join('')}`);

describe('by arithmetic: ten days', () => {
  const none = { gap: 0, labelDelay: 0 };

  it.each<[string, Validation, string[]]>([
    ['temporal', { mode: 'temporal', testSize: 0.3, ...none }, ['0123456|789']],
    ['cut-off, itself tested', { mode: 'cutoff', cutoff: 6, ...none }, ['012345|6789']],
    ['cut-off with a gap', { mode: 'cutoff', cutoff: 6, gap: 2, labelDelay: 0 }, ['0123|6789']],
    ['cut-off with gap and label delay', { mode: 'cutoff', cutoff: 6, gap: 2, labelDelay: 1 }, ['012|6789']],
    ['cut-off by host', { mode: 'cutoff', cutoff: 6, ...none, groupBy: 'host' }, ['012345|789']],
    [
      'temporal-cv',
      { mode: 'temporal-cv', folds: 4, bucketBy: 'instances', ...none },
      ['01|23', '0123|45', '012345|67', '01234567|89'],
    ],
    ['temporal-cv by time', { mode: 'temporal-cv', folds: 2, bucketBy: 'time', ...none }, ['012|345', '012345|6789']],
    [
      'sliding window',
      { mode: 'sliding-window', buckets: 5, trainBuckets: 2, testBuckets: 1, bucketBy: 'instances', ...none },
      ['0123|45', '2345|67', '4567|89'],
    ],
    [
      'sliding window, two tested',
      { mode: 'sliding-window', buckets: 5, trainBuckets: 2, testBuckets: 2, bucketBy: 'instances', ...none },
      ['0123|4567', '2345|6789'],
    ],
  ])('%s', (_, validation, expected) => {
    expect(days(planOf(tenDays(), validation))).toEqual(expected);
  });

  it('keeps a model of all rows in time, or of the latest window', () => {
    const { finalRows } = planOf(tenDays(), { mode: 'temporal-cv', folds: 4, bucketBy: 'time', ...none }) ?? {};
    expect(finalRows?.length).toBe(10);
    const window = {
      mode: 'sliding-window',
      buckets: 5,
      trainBuckets: 2,
      testBuckets: 1,
      bucketBy: 'instances',
    } as const;
    expect([...(planOf(tenDays(), { ...window, ...none })?.finalRows ?? [])]).toEqual([6, 7, 8, 9]);
  });

  it('skips a fold that has nothing to learn from, and says why', () => {
    const of = tenDays();
    const late = { ...of, strata: Int32Array.from([0, 0, 0, 1, 0, 1, 0, 1, 0, 1]) };
    const plan = planOf(late, { mode: 'temporal-cv', folds: 4, bucketBy: 'instances', ...none });
    expect(days(plan)).toEqual(['0123|45', '012345|67', '01234567|89']);
    expect(plan?.skipped).toEqual([
      { fold: 0, why: 'what is before it has one class only', tested: { from: 2, until: 4 } },
    ]);
    expect(plan?.rounds.map(({ part }) => part)).toEqual(['fold.1', 'fold.2', 'fold.3']);
  });

  it.each<[Validation, RegExp]>([
    [{ mode: 'cutoff', cutoff: 100, ...none }, /nothing to test on from .*: the labelled instances are from 1970/],
    [{ mode: 'cutoff', cutoff: 0, ...none }, /nothing to train on before/],
    [{ mode: 'cutoff', cutoff: 5, gap: 9, labelDelay: 0 }, /--gap and --label-delay leave out the 5 instances/],
    [{ mode: 'temporal-cv', folds: 4, bucketBy: 'time', gap: 20, labelDelay: 0 }, /no fold can be trained and tested/],
    [{ mode: 'cutoff', cutoff: 5, ...none, groupBy: 'team' }, /has no column "team"/],
    [{ mode: 'cv', folds: 6, groupBy: 'host' }, /6 folds need as many groups.* 5 groups/],
  ])('refuses in plain words: %j', (validation, words) => {
    const { dataset, labelled, strata } = tenDays();
    expect(() => planValidation(validation, dataset, labelled, strata, 0)).toThrow(words);
  });

  it('refuses a validation by time without timestamps', () => {
    const { labelled, strata } = tenDays();
    const { timestamps: _, ...dataset } = tenDays().dataset;
    expect(() => planValidation({ mode: 'temporal', testSize: 0.1, ...none }, dataset, labelled, strata, 0)).toThrow(
      /goes by time; Synthetic\/made has no timestamps/,
    );
  });
});
