import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { ellipsoidOf, squaredMahalanobis } from '../../../src/ml/anomaly/elliptic-envelope/ellipsoid.js';
import { robustEllipsoid } from '../../../src/ml/anomaly/elliptic-envelope/robust-ellipsoid.js';
import { ellipticEnvelope } from '../../../src/ml/classifiers/elliptic-envelope.js';
import { choleskyInPlace } from '../../../src/ml/kernels/cholesky.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/elliptic-envelope.json' with { type: 'json' };

const defaults = defaultParams(ellipticEnvelope.params);

const fit = (rows: number[][], params: object = {}) => {
  const X = denseFromRows(rows);
  return ellipticEnvelope.fit(
    { X, y: new Uint32Array(X.rows), classCount: 2 },
    { ...defaults, ...params },
    { seed: 0, executor: inlineExecutor },
  );
};

/** Normal rows, the first tenth of them moved far away. */
function contaminated(n: number, p: number): number[][] {
  const stream = randomStream(3, 'elliptic envelope test');
  const row = (i: number): number[] =>
    Array.from({ length: p }, () => (i < n / 10 ? 30 + stream.normal() : stream.normal()));
  return Array.from({ length: n }, (_, i) => row(i));
}

describe('elliptic envelope', () => {
  for (const { x, testX, logDeterminant, location, decisions } of golden) {
    const name = `${x.length} rows, ${x[0].length} features`;
    const rows = Float64Array.from(x.flat());
    const p = x[0].length;

    it(`finds a determinant as small as the best of 30 runs of scikit-learn, or nearly so: ${name}`, () => {
      for (const seed of [0, 1, 2, 3]) {
        const { support, ridge } = robustEllipsoid(rows, p, 'auto', seed, undefined);
        expect(support).toHaveLength(Math.ceil((x.length + p + 1) / 2));
        expect(ellipsoidOf(rows, p, support, 0)?.logDeterminant).toBeLessThan(logDeterminant + 0.03);
        expect(ridge).toBe(0);
      }
    });

    it(`corrects and reweights as scikit-learn, from all rows: ${name}`, async () => {
      const found = robustEllipsoid(rows, p, 1, 0, undefined);
      location.forEach((centre, j) => expect(found.ellipsoid.location[j]).toBeCloseTo(centre, 8));
      const { scores } = (await fit(x, { supportFraction: 1 })).predict(denseFromRows(testX));
      decisions.forEach((value, i) => expect((scores?.[i] ?? 0) / value).toBeCloseTo(1, 6));
    });
  }

  it('is not drawn by a tenth of far rows, divided into parts too', async () => {
    const rows = contaminated(2000, 3);
    const { location } = robustEllipsoid(Float64Array.from(rows.flat()), 3, 'auto', 1, undefined).ellipsoid;
    for (const centre of location) expect(Math.abs(centre)).toBeLessThan(0.15);
    const { scores } = (await fit(rows, { contamination: 0.1 })).predict(denseFromRows(rows));
    expect(Array.from(scores ?? []).filter((score, i) => i < 200 && score > 0)).toHaveLength(200);
    expect(Array.from(scores ?? []).filter((score, i) => i >= 200 && score > 0)).toHaveLength(0);
  });

  it('says so where features depend on each other, and stays finite', async () => {
    const rows = contaminated(200, 2).map(([a, b]) => [a, b, a + b]);
    const fitted = await fit(rows);
    expect(fitted.warnings.join()).toMatch(/^the covariance of the usual rows is singular/);
    const { scores } = fitted.predict(denseFromRows(rows));
    for (const score of scores ?? []) expect(Number.isFinite(score)).toBe(true);
  });

  it('takes fewer rows than features', async () => {
    const rows = contaminated(10, 30);
    const fitted = await fit(rows);
    expect(fitted.warnings).toHaveLength(1);
    const { scores } = fitted.predict(denseFromRows(rows));
    for (const score of scores ?? []) expect(Number.isFinite(score)).toBe(true);
  });

  it('calls nothing unusual where every feature is constant, and says so', async () => {
    const fitted = await fit([[1], [1], [1]]);
    expect(fitted.warnings).toEqual(['every feature is constant: no row is unusual']);
    expect(Array.from(fitted.predict(denseFromRows([[1], [2]])).scores ?? [])).toEqual([0, 0]);
  });

  it('measures distances by the factor of the covariance', () => {
    // Covariance [[4, 2], [2, 5]] = UᵀU with U = [[2, 1], [0, 2]]; its inverse is [[5, -2], [-2, 4]] / 16.
    const factor = Float64Array.from([2, 1, 0, 2]);
    const [distance] = squaredMahalanobis(Float64Array.from([3, 1]), 2, { location: new Float64Array(2), factor });
    expect(distance).toBeCloseTo((5 * 9 - 4 * 3 + 4) / 16, 12);
  });
});

it('takes all rows where there are hardly more of them than columns: no start is better than another', () => {
  const rows = Float64Array.from(contaminated(40, 300).flat());
  const [one, other] = [0, 1].map((seed) => robustEllipsoid(rows, 300, 'auto', seed, undefined));
  expect(one.support).toHaveLength(40);
  expect(one.ridge).toBe(1e-3);
  expect(one).toEqual(other);
});

it('stops when it is asked to, also within one covariance', () => {
  const rows = Float64Array.from(contaminated(40, 300).flat());
  expect(() => robustEllipsoid(rows, 300, 'auto', 0, { cancelled: true })).toThrow(InterruptedError);
  expect(() => choleskyInPlace(Float64Array.of(1), 1, { cancelled: true })).toThrow(InterruptedError);
});
