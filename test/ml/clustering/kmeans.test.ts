import { describe, expect, it } from 'vitest';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { scalePoints } from '../../../src/ml/clustering/scale-points.js';
import { type FeatureMatrix, denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';

const definition = clusterers.kmeans;
const settings = (changed: Params = {}): Params => ({ ...defaultParams(definition.params), ...changed });

function cluster(X: FeatureMatrix, k: number, changed: Params = {}, executor = inlineExecutor) {
  return definition.cluster(X, k, settings(changed), { seed: 7, executor });
}

/** Normal clouds of `size` rows around points on a line. */
function blobs(count: number, size: number, columns = 3): number[][] {
  const stream = randomStream(1, 'blobs');
  return Array.from({ length: count * size }, (_, i) =>
    Array.from({ length: columns }, () => 10 * (i % count) + stream.normal()),
  );
}

describe('k-means', () => {
  it('finds clouds that lie apart', async () => {
    const { cluster: assigned, clusterCount, warnings } = await cluster(denseFromRows(blobs(4, 50)), 4);
    expect(clusterCount).toBe(4);
    expect(warnings).toEqual([]);
    for (let i = 4; i < 200; i++) expect(assigned[i]).toBe(assigned[i % 4]);
  });

  it('gives each row to the nearest of the means', async () => {
    const rows = blobs(1, 300, 2);
    const { cluster: assigned } = await cluster(denseFromRows(rows), 5, { tolerance: 0 });
    const means = Array.from({ length: 5 }, (_, c) => {
      const members = rows.filter((_, i) => assigned[i] === c);
      return [0, 1].map((j) => members.reduce((sum, row) => sum + row[j], 0) / members.length);
    });
    rows.forEach((row, i) => {
      const distances = means.map((mean) => (row[0] - mean[0]) ** 2 + (row[1] - mean[1]) ** 2);
      expect(distances[assigned[i]]).toBeLessThanOrEqual(Math.min(...distances) + 1e-9);
    });
  });

  it('is the same dense or sparse, on one thread or two', async () => {
    const X = denseFromRows(blobs(3, 40).map((row, i) => [...row, i % 7 === 0 ? 2 : 0, i % 11 === 0 ? 5 : 0]));
    const one = await cluster(X, 6);
    expect((await cluster(toSparse(X), 6)).cluster).toEqual(one.cluster);
    const threads = threadExecutor(2);
    try {
      expect((await cluster(X, 6, {}, threads)).cluster).toEqual(one.cluster);
    } finally {
      await threads.close();
    }
  });

  it('numbers clusters by size', async () => {
    const { cluster: assigned, clusterCount } = await cluster(denseFromRows(blobs(1, 200)), 6);
    const sizes = Array.from({ length: clusterCount }, (_, c) => assigned.filter((own) => own === c).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it.each(['dense', 'sparse'])('has no more clusters than there are distinct rows, %s', async (kind) => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 3, (i % 3) * (1 / 3), i % 3 === 1 ? 0.1 : 0]);
    const X = denseFromRows(rows);
    const { cluster: assigned, clusterCount } = await cluster(kind === 'dense' ? X : toSparse(X), 5);
    expect(clusterCount).toBe(3);
    expect(new Set(assigned).size).toBe(3);
  });

  it('works with one cluster, and with one a row', async () => {
    const X = denseFromRows(blobs(2, 4));
    expect((await cluster(X, 1)).clusterCount).toBe(1);
    expect((await cluster(X, 8)).clusterCount).toBe(8);
  });

  it('comes near in batches', async () => {
    const X = denseFromRows(blobs(4, 3000));
    const { cluster: assigned } = await cluster(X, 4, { batches: 'yes' });
    for (let i = 4; i < X.rows; i++) expect(assigned[i]).toBe(assigned[i % 4]);
  });

  it('says when it did not settle', async () => {
    const { warnings } = await cluster(denseFromRows(blobs(1, 300)), 8, { maxIterations: 1, tolerance: 0 });
    expect(warnings[0]).toContain('had not settled');
  });
});

describe('scaling points', () => {
  it('keeps distances of standardised columns, dense or sparse', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [1000 + i, i % 9 === 0 ? 3 : 0, 5, i % 13 === 0 ? 1 : 0]);
    const dense = scalePoints(denseFromRows(rows));
    const sparse = scalePoints(toSparse(denseFromRows(rows)));
    expect(dense.kept).toEqual(Uint32Array.of(0, 1, 3));
    expect(sparse).toEqual(dense);
    expect(dense.shift[0]).toBeGreaterThan(1000);
    expect(dense.shift[1]).toBe(0);
  });

  it('is sparse where few cells are filled, however it came', () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      Array.from({ length: 20 }, (_, j) => ((i + j) % 20 === 0 ? i : 0)),
    );
    expect(scalePoints(denseFromRows(rows)).X.kind).toBe('sparse');
    expect(scalePoints(toSparse(denseFromRows(rows)))).toEqual(scalePoints(denseFromRows(rows)));
  });
});
