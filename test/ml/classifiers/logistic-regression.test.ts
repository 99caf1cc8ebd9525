import { describe, expect, it } from 'vitest';
import { InterruptedError, UserError } from '../../../src/errors.js';
import type { TrainingSet } from '../../../src/ml/classifiers/classifier.js';
import { logisticRegression } from '../../../src/ml/classifiers/logistic-regression.js';
import { denseFromRows, selectRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineContext } from './logistic-regression-context.js';

interface Coefficients {
  coefficients: number[][];
  intercepts: number[];
}

function params(overrides: Params = {}): Params {
  return { ...defaultParams(logisticRegression.params), ...overrides };
}

/** n rows of d columns, mostly zeros, whose class depends on the first columns. */
function sample(n: number, d: number, classCount = 2): TrainingSet {
  const stream = randomStream(5, 'test');
  const rows = Array.from({ length: n }, () =>
    Array.from({ length: d }, () => (stream.float() < 0.2 ? 1 + stream.below(5) : 0)),
  );
  const y = Uint32Array.from(rows, (row) => {
    const best = Array.from({ length: classCount }, (_, c) => row[c] + 2 * stream.normal());
    return best.indexOf(Math.max(...best));
  });
  return { X: denseFromRows(rows), y, classCount };
}

async function fit(data: TrainingSet, overrides: Params = {}) {
  const fitted = await logisticRegression.fit(data, params(overrides), inlineContext());
  return { fitted, ...(fitted.toJSON() as unknown as Coefficients) };
}

const penalties = ['l1', 'l2'] as const;

describe.each(penalties)('logistic regression, %s', (penalty) => {
  it('gives along a path what it gives one by one, in the order of the points', async () => {
    const data = sample(200, 30);
    const points = [10, 0.01, 1].map((C) => params({ C, penalty, tol: 1e-8 }));
    const path = (await logisticRegression.fitPath?.(data, points, inlineContext())) ?? [];
    expect(path).toHaveLength(3);
    for (let p = 0; p < 3; p++) {
      const alone = await logisticRegression.fit(data, points[p], inlineContext());
      const { scores: along } = path[p].predict(data.X);
      const { scores } = alone.predict(data.X);
      scores?.forEach((score, i) => expect(along?.[i]).toBeCloseTo(score, 5));
    }
  });

  it('gives the same bytes for dense and sparse data', async () => {
    const data = sample(120, 40);
    const sparse = { ...data, X: toSparse(data.X) };
    const a = await fit(data, { penalty });
    const b = await fit(sparse, { penalty });
    expect(b.fitted.toJSON()).toEqual(a.fitted.toJSON());
    expect(b.fitted.predict(sparse.X)).toEqual(a.fitted.predict(data.X));
  });

  it('takes a row of weight 0 as absent, to the bit', async () => {
    const data = sample(90, 10);
    const weights = Float64Array.from({ length: 90 }, (_, i) => i % 3);
    const kept = Uint32Array.from({ length: 90 }, (_, i) => i).filter((i) => weights[i] > 0);
    const a = await fit({ ...data, weights }, { penalty });
    const b = await fit(
      {
        X: selectRows(data.X, kept),
        y: data.y.filter((_, i) => weights[i] > 0),
        classCount: 2,
        weights: weights.filter((w) => w > 0),
      },
      { penalty },
    );
    expect(a.fitted.toJSON()).toEqual(b.fitted.toJSON());
  });

  it('takes a row of weight 2 as the row twice', async () => {
    const data = sample(60, 8);
    const weights = Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 2));
    const twice = Uint32Array.from({ length: 60 }, (_, i) => i).reduce<number[]>(
      (rows, i) => rows.concat(Array(weights[i]).fill(i)),
      [],
    );
    const a = await fit({ ...data, weights }, { penalty, tol: 1e-9 });
    const rows = Uint32Array.from(twice);
    const repeated = { X: selectRows(data.X, rows), y: Uint32Array.from(rows, (i) => data.y[i]), classCount: 2 };
    const b = await fit(repeated, { penalty, tol: 1e-9 });
    a.coefficients[0].forEach((value, j) => expect(b.coefficients[0][j]).toBeCloseTo(value, 6));
  });

  it('ignores constant columns, the units of a column, and offsets', async () => {
    const data = sample(100, 5);
    const rescaled = denseFromRows(
      Array.from({ length: 100 }, (_, i) => {
        const row = Array.from({ length: 5 }, (_, j) => data.X.values[i * 5 + j]);
        return [row[0] * 1e9, 7, row[1] / 1e9 + 3, row[2] + 1e6, row[3], row[4], 0.1 + 0.2];
      }),
    );
    const a = await fit(data, { penalty, tol: 1e-9 });
    const b = await fit({ ...data, X: rescaled }, { penalty, tol: 1e-9 });
    const [x0, constant, x1, x2, x3, x4, other] = b.coefficients[0];
    expect([constant, other]).toEqual([0, 0]);
    [x0, x1, x2, x3, x4].forEach((value, j) => expect(value).toBeCloseTo(a.coefficients[0][j], 5));
    const { scores } = b.fitted.predict(rescaled);
    a.fitted.predict(data.X).scores?.forEach((score, i) => expect(scores?.[i]).toBeCloseTo(score, 4));
  });

  it('converges on separable data, and says so where it does not', async () => {
    const data = { X: denseFromRows([[0], [1], [2], [3]]), y: Uint32Array.of(0, 0, 1, 1), classCount: 2 };
    const { fitted, coefficients } = await fit(data, { penalty, C: 100 });
    expect(fitted.warnings).toEqual([]);
    expect(coefficients[0][0]).toBeGreaterThan(1);
    const cut = await fit(data, { penalty, C: 1e8, maxIter: 2 });
    expect(cut.fitted.warnings).toEqual([expect.stringContaining('did not converge in 2 iterations at C=100000000')]);
  });

  it('finds no weight where every column is constant', async () => {
    const data = {
      X: denseFromRows([
        [1, 0],
        [1, 0],
        [1, 0],
      ]),
      y: Uint32Array.of(0, 1, 1),
      classCount: 2,
    };
    const { fitted, coefficients, intercepts } = await fit(data, { penalty });
    expect(coefficients).toEqual([[0, 0]]);
    expect(intercepts[0]).toBeCloseTo(Math.log(2), 6);
    expect(fitted.warnings).toEqual([]);
  });

  it('bears exactly repeated columns', async () => {
    const data = sample(80, 4);
    const doubled = denseFromRows(
      Array.from({ length: 80 }, (_, i) => {
        const row = Array.from({ length: 4 }, (_, j) => data.X.values[i * 4 + j]);
        return [...row, ...row];
      }),
    );
    const { fitted, coefficients } = await fit({ ...data, X: doubled }, { penalty, C: 100 });
    expect(fitted.warnings).toEqual([]);
    expect(coefficients[0].every(Number.isFinite)).toBe(true);
  });

  it('survives JSON to the bit', async () => {
    const data = sample(60, 6, 3);
    const { fitted } = await fit(data, { penalty });
    const revived = logisticRegression.revive(JSON.parse(JSON.stringify(fitted.toJSON())));
    expect(revived.predict(data.X)).toEqual(fitted.predict(data.X));
    expect(revived.importance?.()).toEqual(fitted.importance?.());
  });

  it('stops when cancelled', async () => {
    const context = inlineContext({ signal: { cancelled: true } });
    await expect(logisticRegression.fit(sample(50, 5), params({ penalty }), context)).rejects.toThrow(InterruptedError);
  });
});

describe('logistic regression of many rows', () => {
  it.each(penalties)('finds the optimum that few weighted rows have, %s', async (penalty) => {
    // 9,000 dense rows of 30 columns precondition with a sample of the rows, 300 with the diagonal.
    const stream = randomStream(8, 'test');
    const few = Array.from({ length: 300 }, () => Array.from({ length: 30 }, () => stream.normal()));
    const y = Uint32Array.from(few, (row) => (row[0] - row[1] + stream.normal() > 0 ? 1 : 0));
    const rows = Uint32Array.from({ length: 9000 }, (_, i) => i % 300);
    const X = denseFromRows(few);
    const many = { X: selectRows(X, rows), y: Uint32Array.from(rows, (i) => y[i]), classCount: 2 };
    const a = await fit(many, { penalty, tol: 1e-8 });
    const b = await fit({ X, y, classCount: 2, weights: new Float64Array(300).fill(30) }, { penalty, tol: 1e-8 });
    a.coefficients[0].forEach((value, j) => expect(value).toBeCloseTo(b.coefficients[0][j], 6));
    expect(a.fitted.warnings).toEqual([]);
  });
});

describe('logistic regression from a cold start at a weak penalty', () => {
  it.each(penalties)('converges on misleading, saturated rows, %s', async (penalty) => {
    // Rare columns whose few rows the other columns push far to the wrong side.
    const data = sample(400, 12);
    const rows = Array.from({ length: 400 }, (_, i) => {
      const row = Array.from(data.X.values.subarray(12 * i, 12 * i + 12), (x) => (x > 0 ? 10 ** x : 0));
      return [...row, i % 97 === 0 ? 1 : 0, i % 131 === 1 ? 1e6 : 0, data.y[i] * 3 + (i % 50 === 0 ? -9 : 0)];
    });
    const X = denseFromRows(rows);
    const cold = await fit({ ...data, X }, { penalty, C: 1000 });
    expect(cold.fitted.warnings).toEqual([]);
    const points = [0.01, 1, 1000].map((C) => params({ penalty, C }));
    const path = await logisticRegression.fitPath?.({ ...data, X }, points, inlineContext());
    const warm = path?.[2].predict(X).scores;
    cold.fitted.predict(X).scores?.forEach((score, i) => expect(warm?.[i]).toBeCloseTo(score, 2));
  });
});

describe('logistic regression of several classes', () => {
  it('gives probabilities that add to 1, and 0 to a class without rows', async () => {
    const data = { ...sample(150, 6, 3), classCount: 5 };
    data.y = data.y.map((c) => (c === 2 ? 4 : c));
    const { fitted } = await fit(data);
    const { probabilities, scores } = fitted.predict(data.X);
    for (let i = 0; i < 150; i++) {
      const row = Array.from(probabilities?.subarray(5 * i, 5 * i + 5) ?? []);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect([row[2], row[3]]).toEqual([0, 0]);
      expect(scores?.[5 * i + 2]).toBe(Number.NEGATIVE_INFINITY);
    }
    expect(fitted.importance?.().values).toHaveLength(5);
  });

  it('agrees with the binary model where only two classes have rows', async () => {
    const data = sample(80, 5);
    const binary = await fit(data);
    const wide = await fit({ ...data, y: data.y.map((c) => 3 * c), classCount: 4 });
    const expected = binary.fitted.predict(data.X).probabilities;
    const { probabilities } = wide.fitted.predict(data.X);
    for (let i = 0; i < 80; i++) {
      expect(probabilities?.[4 * i]).toBeCloseTo(expected?.[2 * i] ?? Number.NaN, 12);
      expect(probabilities?.[4 * i + 3]).toBeCloseTo(expected?.[2 * i + 1] ?? Number.NaN, 12);
    }
  });

  it('still shares out probability far from every class', async () => {
    const data = sample(100, 3, 3);
    const { fitted } = await fit(data);
    const { probabilities } = fitted.predict(
      denseFromRows([
        [-1e300, 1e300, -1e300],
        [1e308, 1e308, 1e308],
      ]),
    );
    expect(probabilities?.every(Number.isFinite)).toBe(true);
    expect(probabilities?.slice(0, 3).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });
});

describe('logistic regression and what it cannot take', () => {
  it('refuses a single class', async () => {
    const X = denseFromRows([[1], [2]]);
    await expect(fit({ X, y: Uint32Array.of(1, 1), classCount: 2 })).rejects.toThrow(UserError);
    const weights = Float64Array.of(0, 1);
    await expect(fit({ X, y: Uint32Array.of(0, 1), classCount: 2, weights })).rejects.toThrow(/at least two classes/);
  });

  it('never trains silently on a missing value, nor scores one', async () => {
    const X = denseFromRows([
      [1, 2],
      [Number.NaN, 1],
      [3, 5],
      [2, 2],
    ]);
    await expect(fit({ X, y: Uint32Array.of(0, 1, 1, 0), classCount: 2 })).rejects.toThrow(/not finite/);
    const { fitted } = await fit(sample(40, 2));
    expect(() => fitted.predict(X)).toThrow(/missing/);
  });

  it('refuses data of another width', async () => {
    const { fitted } = await fit(sample(40, 2));
    expect(() => fitted.predict(denseFromRows([[1, 2, 3]]))).toThrow(RangeError);
  });

  it.each([
    {},
    { classCount: 2, present: [0, 1], mean: [0], scale: [0], coefficients: [[1]], intercepts: [0] },
    { classCount: 2, present: [0, 1], mean: [0], scale: [1], coefficients: [[1, 2]], intercepts: [0] },
    { classCount: 2, present: [0, 1], mean: [0], scale: [1], coefficients: [[null]], intercepts: [0] },
    { classCount: 2, present: [1], mean: [0], scale: [1], coefficients: [[1]], intercepts: [0] },
    { classCount: 3, present: [0, 3], mean: [0], scale: [1], coefficients: [[1], [1]], intercepts: [0, 0] },
    { classCount: 3, present: [0, 1], mean: [0], scale: [1], coefficients: [[1]], intercepts: [0, 0] },
  ])('refuses malformed JSON: %j', (json) => {
    expect(() => logisticRegression.revive(json)).toThrow(UserError);
  });
});

describe('scores far from the training data', () => {
  it('stay finite', async () => {
    const data = {
      X: denseFromRows([
        [0, 1e-9],
        [1e-9, 0],
        [2e-9, 0],
        [0, 3e-9],
      ]),
      y: Uint32Array.of(0, 1, 1, 0),
      classCount: 2,
    };
    const { fitted } = await fit(data);
    const rows = denseFromRows([
      [1.7e308, 1.7e308],
      [-1.7e308, 1.7e308],
    ]);
    for (const X of [rows, toSparse(rows)]) {
      const { scores, probabilities } = fitted.predict(X);
      expect(scores?.every(Number.isFinite)).toBe(true);
      expect(probabilities?.every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it('keep their digits beside a large offset', async () => {
    const offset = 1.6e9;
    const X = denseFromRows([0, 1, 2, 3, 4, 5].map((x) => [offset + x / 1024]));
    const near = denseFromRows([0, 1, 2, 3, 4, 5].map((x) => [x / 1024]));
    const y = Uint32Array.of(0, 0, 1, 0, 1, 1);
    const a = await fit({ X, y, classCount: 2 });
    const b = await fit({ X: near, y, classCount: 2 });
    b.fitted.predict(near).scores?.forEach((score, i) => {
      expect(a.fitted.predict(X).scores?.[i]).toBeCloseTo(score, 9);
      expect(a.fitted.predict(toSparse(X)).scores?.[i]).toBeCloseTo(score, 9);
    });
  });
});
