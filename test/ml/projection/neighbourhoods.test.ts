import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { denseFromRows, denseMatrix, selectRows } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { tsne } from '../../../src/ml/projection/algorithms/tsne.js';
import { umap } from '../../../src/ml/projection/algorithms/umap.js';
import { fuzzyGraph } from '../../../src/ml/projection/fuzzy-graph.js';
import { nearestPoints } from '../../../src/ml/neighbours/nearest-points.js';
import { neighbourAffinities } from '../../../src/ml/projection/neighbour-affinities.js';
import { Quadtree } from '../../../src/ml/projection/quadtree.js';
import { trustworthiness } from '../../../src/ml/projection/trustworthiness.js';
import { tsneGradient } from '../../../src/ml/projection/tsne-layout.js';
import { closenessCurve } from '../../../src/ml/projection/umap-layout.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly X: number[][];
  readonly k: number;
  readonly perplexity: number;
  readonly P: number[];
  readonly Y: number[];
  readonly gradient: number[];
  readonly trustworthiness: Readonly<Record<string, number>>;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/neighbourhoods.json', import.meta.url), 'utf8')) as Golden;
const X = denseFromRows(golden.X);
const n = X.rows;
const context = { seed: 0, executor: inlineExecutor };

describe('t-SNE', () => {
  it('has the affinities of scikit-learn', async () => {
    const { from, to, weight } = neighbourAffinities(await nearestPoints(X, golden.k, context), golden.perplexity);
    const found = new Float64Array(n * n);
    weight.forEach((value, e) => {
      found[from[e] * n + to[e]] = found[to[e] * n + from[e]] = value;
    });
    golden.P.forEach((value, at) => {
      expect(Math.abs(found[at] - value)).toBeLessThan(1e-6);
    });
  });

  it('has the gradient of scikit-learn', () => {
    const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        edges.from.push(i);
        edges.to.push(j);
        edges.weight.push(golden.P[i * n + j]);
      }
    }
    const list = {
      from: Int32Array.from(edges.from),
      to: Int32Array.from(edges.to),
      weight: Float64Array.from(edges.weight),
    };
    const gradient = new Float64Array(2 * n);
    tsneGradient(list, Float64Array.from(golden.Y), new Quadtree(n), 1, 0, gradient);
    golden.gradient.forEach((value, at) => {
      expect(gradient[at]).toBeCloseTo(value, 7);
    });
  });
});

it('pushes by the quadtree as point by point, and nearly so where squares count as points', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
        minLength: 2,
        maxLength: 60,
      }),
      (points) => {
        const y = Float64Array.from(points.flat(), (value) => value / 10);
        const tree = new Quadtree(points.length);
        tree.build(y);
        for (let i = 0; i < points.length; i++) {
          const wanted = [0, 0, 0];
          for (let j = 0; j < points.length; j++) {
            if (j === i) continue;
            const [dx, dy] = [y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]];
            const q = 1 / (1 + dx * dx + dy * dy);
            wanted[0] += q;
            wanted[1] += q * q * dx;
            wanted[2] += q * q * dy;
          }
          const force = new Float64Array(2);
          expect(tree.push(y[2 * i], y[2 * i + 1], 0, force)).toBeCloseTo(wanted[0], 9);
          expect(force[0]).toBeCloseTo(wanted[1], 9);
          expect(force[1]).toBeCloseTo(wanted[2], 9);
          const coarse = tree.push(y[2 * i], y[2 * i + 1], 0.5, new Float64Array(2));
          expect(Math.abs(coarse - wanted[0])).toBeLessThan(0.3 * wanted[0] + 1e-9);
        }
      },
    ),
  );
});

it('is trustworthy as scikit-learn says', () => {
  for (const [k, value] of Object.entries(golden.trustworthiness)) {
    expect(trustworthiness(X, Float64Array.from(golden.Y), 2, Number(k))).toBeCloseTo(value, 12);
  }
});

it('is as trustworthy as the mean over all rows, each held against all', () => {
  const half = Math.floor(n / 2);
  const turned = Uint32Array.from({ length: n }, (_, row) => (row + half) % n);
  const Y = Float64Array.from(golden.Y);
  const turnedY = Float64Array.from({ length: Y.length }, (_, at) => Y[2 * turned[at >> 1] + (at % 2)]);
  const first = trustworthiness(X, Y, 2, 5, { anchors: half });
  const second = trustworthiness(selectRows(X, turned), turnedY, 2, 5, { anchors: n - half });
  expect((half * first + (n - half) * second) / n).toBeCloseTo(golden.trustworthiness[5], 12);
  expect(first).not.toBeCloseTo(second, 6);
});

it.each([umap, tsne])('$id gives others their turn, and ends when it is cancelled then', async (projection) => {
  const signal = { cancelled: false };
  let turns = 0;
  const turn = async () => {
    turns++;
    signal.cancelled = turns === 3;
  };
  const input = { X, classes: new Int32Array(n).fill(-1), classCount: 0 };
  const projected = projection.project(input, 2, defaultParams(projection.params) as never, {
    ...context,
    signal,
    turn,
  });
  await expect(projected).rejects.toBeInstanceOf(InterruptedError);
  expect(turns).toBe(3);
});

describe('UMAP', () => {
  it('falls off as umap-learn does', () => {
    const { a, b } = closenessCurve(0.1);
    expect(a).toBeCloseTo(1.5769, 3);
    expect(b).toBeCloseTo(0.8951, 3);
  });

  it('joins each point to its nearest with weight 1, all of them by the perplexity asked', async () => {
    const k = 9;
    const nearest = await nearestPoints(X, k, context);
    const { from, to, weight } = fuzzyGraph(nearest);
    expect(weight.every((value) => value > 0 && value <= 1)).toBe(true);
    for (let i = 0; i < n; i++) {
      const strongest = weight.filter((_, e) => from[e] === i || to[e] === i);
      expect(Math.max(...strongest)).toBeCloseTo(1, 12);
      // Weights of the other way only add.
      expect(strongest.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(Math.log2(k + 1) - 1e-4);
    }
  });
});

describe.each([
  ['umap', umap, { neighbours: 15, minDistance: 0.1, epochs: 'auto' }],
  ['tsne', tsne, { perplexity: 15, rounds: 500, accuracy: 0.5 }],
] as const)('%s', (_, projection, params) => {
  it('keeps neighbours and sets groups apart that a line does not', async () => {
    const stream = randomStream(9, 'test');
    const [rows, d] = [240, 12];
    const data = denseMatrix(rows, d);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < d; j++) data.values[i * d + j] = (j === i % 6 ? 8 : 0) + stream.normal();
    }
    const input = { X: data, classes: new Int32Array(0), classCount: 0 };
    const { coordinates } = await projection.project(input, 2, params, context);
    expect(trustworthiness(data, coordinates, 2, 10)).toBeGreaterThan(0.93);
    let own = 0;
    for (let i = 0; i < rows; i++) {
      const distances = Array.from({ length: rows }, (_unused, j) => ({
        j,
        away: (coordinates[2 * i] - coordinates[2 * j]) ** 2 + (coordinates[2 * i + 1] - coordinates[2 * j + 1]) ** 2,
      }));
      const near = distances.sort((a, b) => a.away - b.away).slice(1, 11);
      own += near.filter(({ j }) => j % 6 === i % 6).length;
    }
    expect(own / (10 * rows)).toBeGreaterThan(0.98);
  });

  it('puts equal rows in one place', async () => {
    const twice = denseFromRows([...golden.X, ...golden.X]);
    const input = { X: twice, classes: new Int32Array(0), classCount: 0 };
    const { coordinates } = await projection.project(input, 2, params, context);
    expect(coordinates.slice(0, 2 * n)).toEqual(coordinates.slice(2 * n));
  });

  it('refuses rows that are all alike', async () => {
    const input = {
      X: denseFromRows(Array.from({ length: 9 }, () => [1, 2])),
      classes: new Int32Array(0),
      classCount: 0,
    };
    await expect(projection.project(input, 2, params, context)).rejects.toThrow('only 1 instances differ');
  });
});
