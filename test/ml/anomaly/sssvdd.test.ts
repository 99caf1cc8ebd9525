import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InterruptedError, UserError } from '../../../src/errors.js';
import { defaultSssvddParams, fitSssvdd } from '../../../src/ml/anomaly/sssvdd.js';
import { sphereObjective } from '../../../src/ml/anomaly/sphere-objective.js';
import { denseFromRows, denseMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';

interface Golden {
  readonly X: number[][];
  readonly cases: {
    name: string;
    label: number[];
    nuU: number;
    nuL: number;
    kappa: number;
    squaredRadius: number;
    centre: number[];
    scores: number[];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/sssvdd.json', import.meta.url), 'utf8')) as Golden;
const X = denseFromRows(golden.X);

describe('the sphere that scipy finds', () => {
  for (const { name, label, squaredRadius, centre, scores, ...params } of golden.cases) {
    it(name, () => {
      for (const features of [X, toSparse(X)]) {
        const { sphere, warnings } = fitSssvdd(features, Int8Array.from(label), params);
        expect(warnings).toEqual([]);
        expect(Math.abs(sphere.squaredRadius - squaredRadius)).toBeLessThan(1e-4);
        sphere.figures.centre.forEach((c, j) => expect(Math.abs(c - centre[j])).toBeLessThan(1e-4));
        const found = sphere.score(features);
        for (const [i, score] of scores.entries()) expect(Math.abs(found[i] - score)).toBeLessThan(1e-3);
      }
    });
  }
});

it('has the gradient of its objective', () => {
  const label = golden.cases[0].label;
  const objective = sphereObjective(
    {
      X,
      unit: Float64Array.of(0.5, 0.05, 4),
      middle: Float64Array.of(0.3, 0.2, -8),
      side: Float64Array.from(label, (own) => (own === 1 ? -1 : 1)),
      weight: Float64Array.from(label, (_, i) => 0.1 + (i % 3)),
      labelled: Uint8Array.from(label, (own) => (own === -1 ? 0 : 1)),
    },
    0.5,
  );
  const at = Float64Array.of(0.2, -0.4, 0.1, 2, 0.7);
  const gradient = new Float64Array(5);
  const unused = new Float64Array(5);
  objective(at, gradient);
  for (let j = 0; j < 5; j++) {
    const h = 1e-6;
    const moved = (by: number): Float64Array => at.map((value, k) => (k === j ? value + by : value));
    const numeric = (objective(moved(h), unused) - objective(moved(-h), unused)) / (2 * h);
    expect(Math.abs(numeric - gradient[j])).toBeLessThan(1e-5 * (1 + Math.abs(numeric)));
  }
});

it('leaves out more of what is like the answered malicious than it would without answers', () => {
  const stream = randomStream(4, 'crowd');
  const rows = denseMatrix(400, 4);
  for (let i = 0; i < 400; i++) {
    for (let j = 0; j < 4; j++) rows.values[4 * i + j] = stream.normal() + (i % 8 === 0 && j === 0 ? 5 : 0);
  }
  const label = new Int8Array(400).fill(-1);
  for (let i = 0; i < 80; i++) if (i % 8 < 2) label[i] = i % 8 === 0 ? 1 : 0;
  const outside = (labels: Int8Array): { malicious: number; benign: number } => {
    const score = fitSssvdd(rows, labels, defaultSssvddParams).sphere.score(rows);
    // Of those that have no answer.
    const share = (side: number): number => {
      const own = Array.from(score.keys()).filter((i) => i >= 80 && (i % 8 === 0 ? 1 : 0) === side);
      return own.filter((i) => score[i] > 0).length / own.length;
    };
    return { malicious: share(1), benign: share(0) };
  };
  const [without, told] = [outside(new Int8Array(400).fill(-1)), outside(label)];
  expect(told.malicious).toBeGreaterThan(without.malicious + 0.1);
  expect(told.malicious - told.benign).toBeGreaterThan(0.3);
});

it('bears constant features, equal rows and tiny data', () => {
  for (const rows of [
    [[1, 2]],
    [
      [1, 2],
      [1, 2],
      [1, 2],
    ],
    [
      [1, 2],
      [1, 3],
    ],
  ]) {
    const features = denseFromRows(rows);
    const { sphere } = fitSssvdd(features, new Int8Array(rows.length).fill(-1), defaultSssvddParams);
    expect([...sphere.score(features), sphere.squaredRadius].every(Number.isFinite)).toBe(true);
  }
});

it('refuses data without a usual side, and stops when cancelled', () => {
  expect(() => fitSssvdd(X, new Int8Array(60).fill(1), defaultSssvddParams)).toThrow(UserError);
  expect(() => fitSssvdd(X, new Int8Array(60), defaultSssvddParams)).toThrow(UserError);
  const cancelled = { cancelled: true };
  expect(() => fitSssvdd(X, new Int8Array(60).fill(-1), defaultSssvddParams, cancelled)).toThrow(InterruptedError);
});
