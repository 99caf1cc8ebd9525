import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseClusterCount } from '../../../src/ml/clustering/choose-count.js';
import { bendOf } from '../../../src/ml/clustering/dbscan/dbscan.js';
import { agreement } from '../../../src/ml/clustering/indices/agreement.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Found {
  readonly cluster: number[];
}

interface Golden {
  readonly clouds: number[][];
  readonly mixtures: readonly (Found & { covariance: string; logLikelihood: number; bic: number })[];
  readonly rings: number[][];
  readonly dbscan: readonly (Found & { eps: number; minSamples: number })[];
  readonly agglomerative: readonly (Found & { linkage: string; clusters: number })[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/clustering.json', import.meta.url), 'utf8')) as Golden;
const context = { seed: 3, executor: inlineExecutor };
type Id = keyof typeof clusterers;

function run(id: Id, rows: number[][], clusters: number, params: Params = {}, sparse = false) {
  const definition = clusterers[id];
  const X = sparse ? toSparse(denseFromRows(rows)) : denseFromRows(rows);
  return definition.cluster(X, clusters, { ...defaultParams(definition.params), ...params }, context);
}

/** The same grouping, and the same noise. */
function expectSame(found: Int32Array, { cluster }: Found): void {
  expect(Array.from(found, (c) => c < 0)).toEqual(cluster.map((c) => c < 0));
  expect(
    agreement(
      found,
      Int32Array.from(cluster, (c) => c + 1),
    )?.adjustedRand,
  ).toBe(1);
}

describe('clusterers against scikit-learn', () => {
  it.each(golden.mixtures)('a Gaussian mixture, $covariance', async ({ covariance, logLikelihood, bic, cluster }) => {
    const settings = { covariance, tolerance: 1e-10, maxIterations: 500 };
    const found = await run('gaussian-mixture', golden.clouds, 3, settings);
    expectSame(found.cluster, { cluster });
    expect(Math.abs(found.figures.logLikelihood - logLikelihood)).toBeLessThan(1e-6);
    expect(Math.abs(found.figures.bic - bic) / bic).toBeLessThan(1e-6);
  });

  it.each(golden.dbscan)('DBSCAN, eps $eps, minSamples $minSamples', async ({ eps, minSamples, cluster }) => {
    expectSame((await run('dbscan', golden.rings, 1, { eps, minSamples })).cluster, { cluster });
    expectSame((await run('dbscan', golden.rings, 1, { eps, minSamples }, true)).cluster, { cluster });
  });

  it.each(golden.agglomerative)('agglomerative, $linkage, $clusters', async ({ linkage, clusters, cluster }) => {
    const rows = golden.rings.slice(0, 150);
    expectSame((await run('agglomerative', rows, clusters, { linkage })).cluster, { cluster });
  });
});

describe('every clusterer', () => {
  const stream = randomStream(2, 'rows');
  const rows = Array.from({ length: 120 }, (_, i) => [
    4 * (i % 3) + stream.normal(),
    stream.normal(),
    i % 5 === 0 ? 3 : 0,
  ]);

  it.each(Object.keys(clusterers) as Id[])('%s is the same dense or sparse, and numbered by size', async (id) => {
    const dense = await run(id, rows, 3);
    const sparse = await run(id, rows, 3, {}, true);
    expect(
      agreement(
        dense.cluster,
        sparse.cluster.map((c) => c + 1),
      )?.adjustedRand,
    ).toBe(1);
    const sizes = Array.from({ length: dense.clusterCount }, (_, c) => dense.cluster.filter((own) => own === c).length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it.each(Object.keys(clusterers) as Id[])('%s works on rows that are all but one the same', async (id) => {
    const settings: Partial<Record<Id, Params>> = { dbscan: { eps: 1 }, hdbscan: { minClusterSize: 5 } };
    const odd = [...Array.from({ length: 30 }, () => [1, 2]), [9, 9]];
    const { cluster, clusterCount } = await run(id, odd, 2, settings[id] ?? {});
    expect(new Set(cluster.slice(0, 30)).size).toBe(1);
    // All rows but one are no cluster of their own for HDBSCAN: they are the whole.
    if (id === 'hdbscan') return;
    expect(cluster[30]).not.toBe(cluster[0]);
    expect(clusterCount).toBe(id === 'dbscan' ? 1 : 2);
  });
});

describe('HDBSCAN', () => {
  const stream = randomStream(5, 'densities');
  // A dense cloud, a wide one, and far between them rows that belong to neither.
  const dense = Array.from({ length: 150 }, () => [0.1 * stream.normal(), 0.1 * stream.normal()]);
  const wide = Array.from({ length: 150 }, () => [20 + stream.normal(), 20 + stream.normal()]);
  const odd = Array.from({ length: 8 }, (_, i) => [100 + 40 * i, -300 + 70 * i]);

  it('finds clouds of different densities, and noise', async () => {
    const { cluster, clusterCount } = await run('hdbscan', [...dense, ...wide, ...odd], 1, { minClusterSize: 15 });
    expect(clusterCount).toBe(2);
    const share = (from: number, to: number): number => {
      const part = Array.from(cluster.slice(from, to));
      return Math.max(...[0, 1].map((c) => part.filter((own) => own === c).length)) / part.length;
    };
    expect(share(0, 150)).toBeGreaterThan(0.85);
    expect(share(150, 300)).toBeGreaterThan(0.85);
    expect(cluster.slice(300)).toEqual(new Int32Array(8).fill(-1));
  });
});

describe('what is chosen by a curve', () => {
  const stream = randomStream(4, 'clouds');
  const rows = Array.from({ length: 200 }, (_, i) => [12 * (i % 4) + stream.normal(), (i % 2) * 9 + stream.normal()]);

  it.each(['kmeans', 'gaussian-mixture', 'agglomerative'] as const)('the number of clusters, for %s', async (id) => {
    const definition = clusterers[id];
    const params = defaultParams(definition.params);
    const curve = await chooseClusterCount(denseFromRows(rows), definition, params, null, context);
    expect(curve.chosen).toBe(4);
    expect(curve.by).toBe(id === 'gaussian-mixture' ? 'bic' : 'silhouette');
    expect(curve.x).toContain(4);
  });

  it('the radius of DBSCAN', async () => {
    const { figures, cluster, curve } = await run('dbscan', rows, 1);
    expect(cluster.filter((c) => c >= 0 && c < 4).length).toBeGreaterThan(160);
    expect(curve?.chosen).toBe(figures.eps);
    expect(curve?.y).toEqual(curve?.y.toSorted((a, b) => a - b));
  });

  it('where a curve bends', () => {
    const curve = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? i / 100 : i - 79));
    expect(bendOf(curve)).toBeCloseTo(0.79, 12);
    expect(bendOf(new Float64Array(10))).toBe(0);
  });

  it('no radius where most rows are equal', async () => {
    await expect(
      run(
        'dbscan',
        Array.from({ length: 50 }, () => [1, 1]),
        1,
      ),
    ).rejects.toThrow('no radius suggests itself');
  });
});
