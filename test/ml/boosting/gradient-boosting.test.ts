import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { makeSumsExact } from '../../../src/ml/boosting/exact-sums.js';
import { codeOf, findBins } from '../../../src/ml/boosting/feature-bins.js';
import { gradientBoosting } from '../../../src/ml/classifiers/gradient-boosting.js';
import { histGradientBoosting } from '../../../src/ml/classifiers/hist-gradient-boosting.js';
import { denseFromRows, denseMatrix, selectRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Case {
  readonly name: string;
  readonly params: Record<string, number>;
  readonly missing: boolean;
  readonly classes: number;
  readonly weighted: boolean;
  readonly probabilities: number[][];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/gradient-boosting.json', import.meta.url), 'utf8'));
const context = { seed: 3, executor: inlineExecutor };

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const cells = (rows: (number | null)[][]): number[][] => rows.map((row) => row.map((value) => value ?? Number.NaN));

describe('histogram gradient boosting', () => {
  it.each(golden.cases as Case[])("says what scikit-learn's says: $name", async (one) => {
    const X = denseFromRows(one.missing ? cells(golden.missing) : golden.X);
    const settings = Object.fromEntries(Object.entries(one.params).map(([name, value]) => [camel(name), value]));
    const fitted = await histGradientBoosting.fit(
      {
        X,
        y: Uint32Array.from(one.classes === 3 ? golden.three : golden.y),
        classCount: one.classes,
        ...(one.weighted ? { weights: Float64Array.from(golden.weights as number[]) } : {}),
      },
      { ...defaultParams(histGradientBoosting.params), maxIter: 20, earlyStopping: 'off', ...settings },
      context,
    );
    const { probabilities } = fitted.predict(X);
    // Its gradients are 32-bit numbers, ours 64-bit ones.
    one.probabilities.flat().forEach((p, at) => {
      expect(Math.abs((probabilities?.[at] ?? Number.NaN) - p), `probability ${at}`).toBeLessThan(1e-4);
    });
  });

  it('is the same model of sparse and of dense data, whatever the order of the rows', async () => {
    const X = denseFromRows((golden.X as number[][]).map((row) => row.map((value) => Math.max(0, value - 25))));
    const y = Uint32Array.from(golden.y as number[]);
    const params = { ...defaultParams(histGradientBoosting.params), maxIter: 10 };
    const fit = async (rows: Uint32Array, sparse: boolean) => {
      const own = selectRows(X, rows);
      const data = { X: sparse ? toSparse(own) : own, y: Uint32Array.from(rows, (row) => y[row]), classCount: 2 };
      return JSON.stringify((await histGradientBoosting.fit(data, params, context)).toJSON());
    };
    const order = Uint32Array.from(y.keys());
    const once = await fit(order, false);
    expect(await fit(order, true)).toBe(once);
    expect(await fit(order.toReversed(), false)).toBe(once);
  });

  it('stops early when rows kept aside gain no more', async () => {
    const stream = randomStream(1, 'noise');
    const X = denseMatrix(600, 3);
    X.values.forEach((_, at) => (X.values[at] = stream.normal()));
    const y = Uint32Array.from({ length: 600 }, () => stream.below(2));
    const params = { ...defaultParams(histGradientBoosting.params), earlyStopping: 'on', nIterNoChange: 3 };
    const { trees } = (await histGradientBoosting.fit({ X, y, classCount: 2 }, params, context)).toJSON();
    expect((trees as unknown[]).length).toBeLessThan(30);
  });

  it('keeps its histograms within the memory there is, with the same trees', async () => {
    // 3,000 columns of 255 cells: some forty histograms fit, and a tree of 128 leaves has more open ones.
    const stream = randomStream(2, 'wide');
    const X = denseMatrix(520, 3000);
    X.values.forEach((_, at) => (X.values[at] = stream.float()));
    const y = Uint32Array.from({ length: 520 }, (_, i) => Number(X.values[i * 3000] + X.values[i * 3000 + 7] > 1));
    const params = { ...defaultParams(histGradientBoosting.params), maxIter: 1, maxLeafNodes: 128, minSamplesLeaf: 1 };
    const wide = await histGradientBoosting.fit({ X, y, classCount: 2 }, params, context);
    const said = wide.predict(X).probabilities;
    expect(y.every((k, i) => (said?.[2 * i + 1] ?? 0.5) > 0.5 === (k === 1))).toBe(true);
  });

  it('refuses infinite values', async () => {
    const X = denseFromRows([[1], [Infinity]]);
    const fitting = histGradientBoosting.fit(
      { X, y: Uint32Array.of(0, 1), classCount: 2 },
      defaultParams(histGradientBoosting.params),
      context,
    );
    await expect(fitting).rejects.toThrow(UserError);
  });
});

describe('gradient boosting', () => {
  it('learns with the exponential loss, whose probabilities are those of half the log odds', async () => {
    const X = denseFromRows(golden.X);
    const y = Uint32Array.from(golden.y as number[]);
    const params = { ...defaultParams(gradientBoosting.params), subsample: 1 };
    const fitted = await gradientBoosting.fit({ X, y, classCount: 2 }, { ...params, loss: 'exponential' }, context);
    const { probabilities, scores } = fitted.predict(X);
    const right = y.filter((k, i) => (probabilities?.[2 * i + 1] ?? 0.5) > 0.5 === (k === 1)).length;
    expect(right / y.length).toBeGreaterThan(0.9);
    scores?.forEach((score, i) => {
      expect(probabilities?.[2 * i + 1]).toBeCloseTo(1 / (1 + Math.exp(-2 * score)), 12);
    });
  });

  it('warns where its trees learn from few rows each', async () => {
    const X = denseFromRows(golden.X);
    const y = Uint32Array.from(golden.y as number[]);
    const params = defaultParams(gradientBoosting.params);
    const warned = await gradientBoosting.fit({ X, y, classCount: 2 }, { ...params, subsample: 1.5 / X.rows }, context);
    expect(warned.warnings).toEqual([expect.stringContaining('from one row only: a larger subsample')]);
    const whole = await gradientBoosting.fit({ X, y, classCount: 2 }, { ...params, subsample: 1 }, context);
    expect(whole.warnings).toEqual([]);
  });

  it('tries only as many features as it is told', async () => {
    const X = denseFromRows(golden.X);
    const y = Uint32Array.from(golden.y as number[]);
    const params = { ...defaultParams(gradientBoosting.params), maxFeatures: 1, maxDepth: 1 };
    const fitted = await gradientBoosting.fit({ X, y, classCount: 2 }, params, context);
    const used = fitted.importance?.().values[0].filter((value) => value > 0).length ?? 0;
    // With one feature drawn for each of 100 stumps all of them come up.
    expect(used).toBe(6);
  });
});

describe('bins', () => {
  it('give each of few values a code of its own, in their order, and know the missing', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: Number.NaN }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, (column) => {
        const { cuts, missing } = findBins(denseFromRows(column.map((value) => [value])), 255, 0);
        expect(missing[0]).toBe(Number(column.some(Number.isNaN)));
        const known = [...new Set(column.filter((value) => !Number.isNaN(value)).map((value) => value + 0))];
        known.sort((a, b) => a - b);
        expect(known.map((value) => codeOf(cuts[0], value))).toEqual(known.map((_, code) => code));
      }),
    );
  });

  it('share out many values evenly', () => {
    const stream = randomStream(4, 'values');
    const X = denseMatrix(20_000, 1);
    X.values.forEach((_, at) => (X.values[at] = stream.normal()));
    const [cuts] = findBins(X, 100, 0).cuts;
    const counts = new Uint32Array(cuts.length + 1);
    for (const value of X.values) counts[codeOf(cuts, value)]++;
    expect(cuts.length).toBe(99);
    expect(counts.every((count) => count === 200)).toBe(true);
  });
});

describe('exact sums', () => {
  it('do not depend on the order, and are near the values', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, (list) => {
        const exact = Float64Array.from(list);
        makeSumsExact(exact);
        const sum = (order: Iterable<number>): number => [...order].reduce((total, value) => total + value, 0);
        expect(sum(exact)).toBe(sum(exact.toReversed()));
        const largest = Math.max(...list.map(Math.abs));
        exact.forEach((value, i) => expect(Math.abs(value - list[i])).toBeLessThanOrEqual(largest * 1e-12));
      }),
    );
  });
});
