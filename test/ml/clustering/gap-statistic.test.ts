import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseClusterCount } from '../../../src/ml/clustering/choose-count.js';
import { gapStatistic, numberByGap } from '../../../src/ml/clustering/gap-statistic.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly name: string;
  readonly points: number[][];
  readonly gaps: readonly { clusters: number; gap: number; deviation: number }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/gap-statistic.json', import.meta.url), 'utf8'),
) as Golden[];
const context = { seed: 5, executor: inlineExecutor };
const { kmeans } = clusterers;
const params = { ...defaultParams(kmeans.params), tolerance: 0 };
const expected: Record<string, number> = { 'four clouds': 4, 'one cloud': 1, 'two slanted clouds': 2 };

describe('the gap statistic', () => {
  it.each(golden)('$name, as numpy and scikit-learn have it', async ({ name, points, gaps }) => {
    const found = await gapStatistic(denseFromRows(points), gaps.length, kmeans, params, context);
    expect(found.map(({ clusters }) => clusters)).toEqual(gaps.map(({ clusters }) => clusters));
    found.forEach(({ gap, error }, k) => {
      // Ten references against a hundred: means differ by chance, and deviations of ten more so.
      expect(Math.abs(gap - gaps[k].gap)).toBeLessThan(3 * gaps[k].deviation * Math.sqrt(1 / 10 + 1 / 100) + 0.005);
      expect(error / gaps[k].deviation).toBeGreaterThan(0.3);
      expect(error / gaps[k].deviation).toBeLessThan(2);
    });
    expect(numberByGap(found)).toBe(expected[name]);
  });

  it('is the same dense or sparse, and for the same seed', async () => {
    const X = denseFromRows(golden[0].points);
    const once = await chooseClusterCount(X, kmeans, params, 'gap', context);
    const again = await chooseClusterCount(toSparse(X), kmeans, params, 'gap', context);
    expect(once.chosen).toBe(4);
    expect(once.x.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(again.chosen).toBe(once.chosen);
    again.y.forEach((gap, k) => expect(gap).toBeCloseTo(once.y[k], 1));
    expect((await chooseClusterCount(X, kmeans, params, 'gap', context)).y).toEqual(once.y);
  });

  it('takes the least number whose next is no better beyond chance', () => {
    const gaps = [0.1, 0.3, 0.29, 0.5].map((gap, k) => ({ clusters: k + 1, gap, error: 0.02 }));
    expect(numberByGap(gaps)).toBe(2);
    expect(numberByGap(gaps.slice(0, 1))).toBe(1);
    expect(numberByGap(gaps.slice(0, 2))).toBe(2);
  });

  it('refuses more columns than it can turn, and rows that are all one', async () => {
    const wide = denseFromRows([Array.from({ length: 501 }, (_, j) => j), Array.from({ length: 501 }, () => 0)]);
    await expect(gapStatistic(wide, 2, kmeans, params, context)).rejects.toThrow('500 features at most');
    const equal = denseFromRows(Array.from({ length: 20 }, () => [1, 2]));
    await expect(chooseClusterCount(equal, kmeans, params, 'gap', context)).rejects.toThrow('too few distinct');
  });
});

it('the silhouette chooses where it is asked for, a BIC or not', async () => {
  const mixture = clusterers['gaussian-mixture'];
  const X = denseFromRows(golden[0].points);
  const curve = await chooseClusterCount(X, mixture, defaultParams(mixture.params), 'silhouette', context);
  expect(curve.by).toBe('silhouette');
  expect(curve.chosen).toBe(4);
});
