import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../../src/ml/clustering/indices/agreement.js';
import { unitRows } from '../../../src/ml/clustering/metric.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { scalePoints } from '../../../src/ml/clustering/scale-points.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly words: number[][];
  readonly spherical: readonly { clusters: number; lost: number }[];
  readonly dbscan: readonly { eps: number; minSamples: number; cluster: number[] }[];
  readonly agglomerative: readonly { linkage: string; clusters: number; cluster: number[] }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/cosine-clusters.json', import.meta.url), 'utf8'),
) as Golden;
const { X: words } = unitRows(denseFromRows(golden.words));

function run(id: keyof typeof clusterers, clusters: number, params: Params, sparse = false) {
  const definition = clusterers[id];
  const settings = { ...defaultParams(definition.params), ...params, metric: 'cosine' };
  return definition.cluster(sparse ? toSparse(words) : words, clusters, settings, {
    seed: 3,
    executor: inlineExecutor,
  });
}

function expectSame(found: Int32Array, cluster: readonly number[]): void {
  expect(Array.from(found, (c) => c < 0)).toEqual(cluster.map((c) => c < 0));
  const alike = agreement(
    found,
    Int32Array.from(cluster, (c) => c + 1),
  );
  expect(alike?.adjustedRand).toBe(1);
}

/** Σ over the rows of 1 − cosine with the direction of their cluster: its rows less the length of their sum. */
function lost(cluster: Int32Array, clusters: number): number {
  const sums = Array.from({ length: clusters }, () => new Float64Array(words.columns));
  cluster.forEach((c, row) => {
    for (let j = 0; j < words.columns; j++) sums[c][j] += words.values[row * words.columns + j];
  });
  return sums.reduce((sum, direction) => sum - Math.hypot(...direction), words.rows);
}

describe('clusterers by cosines, against scikit-learn', () => {
  it.each(golden.dbscan)('DBSCAN, eps $eps, minSamples $minSamples', async ({ eps, minSamples, cluster }) => {
    const found = await run('dbscan', 1, { eps, minSamples });
    expectSame(found.cluster, cluster);
    expect(found.figures.eps).toBe(eps);
    expectSame((await run('dbscan', 1, { eps, minSamples }, true)).cluster, cluster);
  });

  it.each(golden.agglomerative)('agglomerative, $linkage, $clusters', async ({ linkage, clusters, cluster }) => {
    expectSame((await run('agglomerative', clusters, { linkage })).cluster, cluster);
  });

  it.each(golden.spherical)('spherical k-means, $clusters', async ({ clusters, lost: least }) => {
    const settings = { starts: 50, tolerance: 0 };
    const { cluster } = await run('kmeans', clusters, settings);
    expect(lost(cluster, clusters)).toBeLessThan(least * 1.01);
    expect((await run('kmeans', clusters, settings, true)).cluster).toEqual(cluster);
    expect(lost((await run('kmeans', clusters, { batches: 'yes' })).cluster, clusters)).toBeLessThan(least * 1.1);
  });

  it('has no variance to add up', async () => {
    await expect(run('agglomerative', 3, { linkage: 'ward' })).rejects.toThrow('linkage=ward');
  });

  it('has no distance above 2', async () => {
    await expect(run('dbscan', 1, { eps: 3 })).rejects.toThrow('no cosine distance is above 2');
  });

  it('a radius that suggests itself is a cosine distance, too', async () => {
    const { figures, curve } = await run('dbscan', 1, { eps: 'auto', minSamples: 4 });
    expect(figures.eps).toBe(curve?.chosen);
    expect(curve?.y).toContain(figures.eps);
    expect(figures.eps).toBeLessThan(1);
    const again = await run('dbscan', 1, { eps: figures.eps, minSamples: 4 });
    expect(again.clusterCount).toBeGreaterThan(0);
  });
});

describe('rows of length 1', () => {
  it('keep their zeros, and rows of nothing but zeros stay', () => {
    const rows = denseFromRows([
      [3, 0, 4],
      [0, 0, 0],
    ]);
    const { X, withoutDirection } = unitRows(rows);
    expect(Array.from(X.values)).toEqual([0.6000000000000001, 0, 0.8, 0, 0, 0]);
    expect(withoutDirection).toBe(1);
    expect(toSparse(X)).toEqual(unitRows(toSparse(rows)).X);
  });

  it('are of columns that were not centred', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [10 + (i % 3), i % 7]);
    expect(Array.from(scalePoints(denseFromRows(rows), false).shift)).toEqual([0, 0]);
    expect(scalePoints(denseFromRows(rows)).shift[0]).toBeGreaterThan(0);
  });
});
