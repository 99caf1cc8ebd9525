import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Agreement, agreement } from '../../../src/ml/clustering/indices/agreement.js';
import { silhouettes, silhouettesOfAll } from '../../../src/ml/clustering/indices/silhouette.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly groupings: readonly { classes: number[]; clusters: number[]; agreement: Agreement }[];
  readonly silhouettes: { points: number[][]; clusters: number[]; mean: number; byCluster: number[] };
  readonly kmeans: { clusters: number; inertia: number };
}

const golden = JSON.parse(readFileSync(new URL('../../golden/clustering.json', import.meta.url), 'utf8')) as Golden;
const context = { executor: inlineExecutor };
const stream = () => randomStream(1, 'silhouette');

describe('clustering indices against scikit-learn', () => {
  it.each(golden.groupings.map((grouping, k) => [k, grouping] as const))('agreement %i', (_, grouping) => {
    const found = agreement(Int32Array.from(grouping.clusters), Int32Array.from(grouping.classes));
    for (const [name, value] of Object.entries(grouping.agreement)) {
      expect(Math.abs((found?.[name as keyof Agreement] ?? Number.NaN) - value), name).toBeLessThan(1e-9);
    }
  });

  it.each(['dense', 'sparse'])('silhouettes, %s', async (kind) => {
    const { points, clusters, mean, byCluster } = golden.silhouettes;
    const X = kind === 'dense' ? denseFromRows(points) : toSparse(denseFromRows(points));
    const found = await silhouettes(X, Int32Array.from(clusters), 4, stream(), context);
    expect(Math.abs((found?.mean ?? Number.NaN) - mean)).toBeLessThan(1e-9);
    byCluster.forEach((value, c) => expect(Math.abs((found?.byCluster[c] ?? Number.NaN) - value)).toBeLessThan(1e-9));
  });

  it('k-means is as good as the best of fifty starts', async () => {
    const X = denseFromRows(golden.silhouettes.points);
    const { clusters, inertia } = golden.kmeans;
    const { kmeans } = clusterers;
    const settings = { ...defaultParams(kmeans.params), tolerance: 0, starts: 50 };
    const { cluster } = await kmeans.cluster(X, clusters, settings, { seed: 0, executor: inlineExecutor });
    let found = 0;
    for (let c = 0; c < clusters; c++) {
      const members = golden.silhouettes.points.filter((_, i) => cluster[i] === c);
      for (let j = 0; j < X.columns; j++) {
        const mean = members.reduce((sum, row) => sum + row[j], 0) / members.length;
        found += members.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0);
      }
    }
    expect(found).toBeLessThan(inertia * 1.0001);
  });
});

describe('silhouettes', () => {
  const X = denseFromRows([[0], [1], [10], [11]]);

  it('leave noise out', async () => {
    const found = await silhouettes(X, Int32Array.of(0, 0, 1, -1), 2, stream(), context);
    expect(found?.rows).toBe(3);
    expect(found?.mean).toBeCloseTo((0.9 + (9 - 1) / 9 + 0) / 3, 12);
  });

  it.each([
    ['one cluster', [0, 0, 0, 0], 1],
    ['each row alone', [0, 1, 2, 3], 4],
    ['nothing but noise', [-1, -1, -1, -1], 0],
  ])('are undefined for %s', async (_, cluster, clusters) => {
    expect(await silhouettes(X, Int32Array.from(cluster), clusters, stream(), context)).toBeNull();
  });

  it('of several partitions at once are those of each alone', async () => {
    const points = denseFromRows(golden.silhouettes.points);
    const partitions = [3, 1, 2].map((clusters) => ({
      cluster: Int32Array.from({ length: points.rows }, (_row, row) => (row * 7) % clusters),
      clusters,
    }));
    const [three, one, two] = await silhouettesOfAll(points, partitions, context);
    expect(one).toBeNull();
    expect(three).toEqual(await silhouettes(points, partitions[0].cluster, 3, stream(), context));
    expect(two).toEqual(await silhouettes(points, partitions[2].cluster, 2, stream(), context));
    expect(three?.mean).not.toBe(two?.mean);
  });
});

it('has no agreement without classes', () => {
  expect(agreement(Int32Array.of(0, 1), Int32Array.of(-1, -1))).toBeNull();
});
