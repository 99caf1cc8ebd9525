import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agreement } from '../../../src/ml/clustering/indices/agreement.js';
import { unitRows } from '../../../src/ml/clustering/metric.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream, shuffle } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly datasets: Readonly<Record<string, number[][]>>;
  readonly runs: readonly {
    name: string;
    metric: 'euclidean' | 'cosine';
    minClusterSize: number;
    minSamples: number;
    cluster: number[];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/hdbscan.json', import.meta.url), 'utf8')) as Golden;

async function run(rows: number[][], minClusterSize: number, minSamples: number, sparse = false, metric = 'euclidean') {
  const dense = metric === 'cosine' ? unitRows(denseFromRows(rows)).X : denseFromRows(rows);
  const X = sparse ? toSparse(dense) : dense;
  const settings = { minClusterSize, minSamples, metric };
  return (await clusterers.hdbscan.cluster(X, 1, settings, { seed: 0, executor: inlineExecutor })).cluster;
}

/** The same groups, and the same rows in none. */
function expectSame(found: Int32Array, cluster: readonly number[]): void {
  expect(Array.from(found, (c) => c < 0)).toEqual(cluster.map((c) => c < 0));
  const alike = agreement(
    found,
    Int32Array.from(cluster, (c) => c + 1),
  );
  expect(alike?.adjustedRand).toBe(1);
}

describe('HDBSCAN against brute force', () => {
  it.each(golden.runs)('$name, $metric, clusters of $minClusterSize, density by $minSamples', async (asked) => {
    const rows = golden.datasets[asked.name];
    expectSame(await run(rows, asked.minClusterSize, asked.minSamples, false, asked.metric), asked.cluster);
    expectSame(await run(rows, asked.minClusterSize, asked.minSamples, true, asked.metric), asked.cluster);
  });

  it.each(['ties', 'grid', 'duplicates', 'densities'])('%s: whatever the order of the rows', async (name) => {
    const rows = golden.datasets[name];
    const order = Uint32Array.from(rows.keys());
    for (let k = 0; k < 5; k++) {
      shuffle(order, randomStream(1, 'rows', k));
      const found = await run(
        Array.from(order, (row) => rows[row]),
        5,
        5,
      );
      const before = new Int32Array(rows.length);
      order.forEach((row, place) => {
        before[row] = found[place];
      });
      const { cluster } = golden.runs.find((one) => one.name === name && one.minClusterSize === 5) as {
        cluster: number[];
      };
      expectSame(before, cluster);
    }
  });
});
