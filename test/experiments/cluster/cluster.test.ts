import { afterAll, describe, expect, it } from 'vitest';
import { canProduceClusterFigure, clusterInstances, finerWarnings } from '../../../src/experiments/cluster/cluster.js';
import type { ClusterSettings } from '../../../src/experiments/cluster/settings.js';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import { clusterers } from '../../../src/ml/clustering/registry.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { denseFromRows, toDense, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { panelSchemas, type PanelData } from '../../../src/schema/panels/registry.js';
import type { AnyPanel } from '../../../src/schema/result-document.js';
import { syntheticDataset } from '../classify/synthetic-dataset.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor): ExperimentContext => ({ seed: 3, executor, stage: () => {} });
const settings = (changed: Partial<ClusterSettings> = {}): ClusterSettings => ({
  algorithm: 'kmeans',
  params: defaultParams(clusterers.kmeans.params),
  clusters: 3,
  only: 'all',
  ...changed,
});

function clustersOf(panels: readonly AnyPanel[]): PanelData<'clusters'> {
  return panelSchemas.clusters.parse(panels.find(({ kind }) => kind === 'clusters')?.data);
}

describe('clusterInstances', () => {
  it('finds families that lie apart, and says by what', async () => {
    const dataset = syntheticDataset({ distance: 12 });
    const { headline, panels, predictions } = await clusterInstances(dataset, settings(), context());
    expect(headline['family.adjustedRand']).toBe(1);
    expect(headline.homogeneity).toBeCloseTo(1, 12);
    expect(headline.completeness).toBeLessThan(1);
    for (const name of Object.keys(headline)) expect(canProduceClusterFigure(name), name).toBe(true);
    const { clusters } = clustersOf(panels);
    expect(clusters.map(({ families }) => families.map(({ family }) => family))).toEqual([
      ['office'],
      ['botnet'],
      ['worm'],
    ]);
    const [, botnet, worm] = clusters;
    expect(botnet.features[0]).toMatchObject({ feature: 'a', index: 0 });
    expect(botnet.rule?.conditions).toHaveLength(1);
    expect(botnet.rule).toMatchObject({ precision: 1, recall: 1, conditions: [{ feature: 'a', above: true }] });
    expect(worm.rule?.conditions).toMatchObject([{ feature: 'b', above: true }]);
    expect(predictions?.rows).toBe(300);
  });

  it('takes the largest doubles, which some programs write for "no value"', async () => {
    const dataset = syntheticDataset({ distance: 12 });
    const { X, featureNames } = dataset;
    const rows = Array.from({ length: X.rows }, (_, i) => [
      ...Array.from(featureNames, (_name, j) => toDense(X).values[i * X.columns + j]),
      i % 3 === 0 ? -Number.MAX_VALUE : Number.MAX_VALUE,
    ]);
    const extreme = {
      ...dataset,
      X: denseFromRows(rows),
      featureNames: [...featureNames, 'max'],
      featureTypes: [...dataset.featureTypes, 'numeric' as const],
    };
    const { panels, predictions } = await clusterInstances(extreme, settings(), context());
    expect(clustersOf(panels).clusters.every(({ features }) => features.length > 0)).toBe(true);
    expect(predictions?.rows).toBe(X.rows);
  });

  it('lists members by centre, edge and chance, none twice', async () => {
    const { panels, predictions } = await clusterInstances(syntheticDataset(), settings(), context());
    const { clusters, instances } = clustersOf(panels);
    expect(clusters.reduce((sum, { size }) => sum + size, 0)).toBe(instances);
    for (const { members, size } of clusters) {
      const all = [...members.centre, ...members.edge, ...members.random].map(({ instanceId }) => instanceId);
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe(Math.min(30, size));
      const [nearest] = members.centre;
      expect(nearest.distance).toBeLessThanOrEqual(members.edge[0].distance ?? 0);
      const row = predictions?.instanceId.indexOf(nearest.instanceId) ?? -1;
      expect(predictions?.rank[row]).toBe(1);
      expect(predictions?.score[row]).toBe(nearest.distance);
    }
  });

  it('gives the same bytes on one thread and on two, dense and sparse', async () => {
    const dataset = syntheticDataset();
    const one = await clusterInstances(dataset, settings(), context());
    expect(await clusterInstances(dataset, settings(), context(threads))).toEqual(one);
    expect(await clusterInstances({ ...dataset, X: toSparse(dataset.X) }, settings(), context())).toEqual(one);
  });

  it('takes only the rows of a label', async () => {
    const dataset = syntheticDataset();
    const { headline, predictions } = await clusterInstances(dataset, settings({ only: 'malicious' }), context());
    expect(headline.instances).toBe(dataset.labels?.label.filter((label) => label === 1).length);
    expect(headline.homogeneity).toBeNull();
    expect(headline['family.homogeneity']).toBeGreaterThan(0);
    expect(new Set(predictions?.label.codes)).toEqual(new Set([0]));
  });

  it('fills missing cells, and works without labels', async () => {
    const dataset = syntheticDataset();
    const X = denseFromRows(
      Array.from({ length: 300 }, (_, i) => [i % 2, i % 7 === 0 ? Number.NaN : i % 3, 0, (i * 37) % 11]),
    );
    const { headline, panels } = await clusterInstances({ ...dataset, X, labels: undefined }, settings(), context());
    expect(headline.homogeneity).toBeNull();
    const features = clustersOf(panels).clusters.flatMap((cluster) => cluster.features);
    expect(features.find(({ feature }) => feature === 'b is missing')?.index).toBeNull();
    expect(features.map(({ feature }) => feature)).not.toContain('c');
  });

  it('puts all in one cluster when asked to', async () => {
    const { headline, panels } = await clusterInstances(syntheticDataset(), settings({ clusters: 1 }), context());
    expect(headline).toMatchObject({ clusters: 1, silhouette: null, noise: 0 });
    expect(clustersOf(panels).clusters[0]).toMatchObject({ features: [], rule: null });
  });

  it('clusters in the components of a projection, and tells clusters apart by the features', async () => {
    const dataset = syntheticDataset({ distance: 12 });
    const projection = { algorithm: 'pca', components: 4 } as const;
    const { headline, panels, settings: kept } = await clusterInstances(dataset, settings({ projection }), context());
    expect(headline['family.adjustedRand']).toBe(1);
    expect(clustersOf(panels).clusters[1].features[0].feature).toBe('a');
    expect(kept).toMatchObject({ projection: 'pca', components: 4 });
    const supervised = { algorithm: 'lda', components: null } as const;
    const found = await clusterInstances(dataset, settings({ projection: supervised }), context());
    expect(found.headline['family.adjustedRand']).toBe(1);
    const unlabelled = { ...dataset, labels: undefined };
    await expect(clusterInstances(unlabelled, settings({ projection: supervised }), context())).rejects.toThrow(
      'learns from labels',
    );
    const many = { algorithm: 'pca', components: 5 } as const;
    await expect(clusterInstances(dataset, settings({ projection: many }), context())).rejects.toThrow('at most 4');
  });

  it('refuses what cannot be done', async () => {
    const dataset = syntheticDataset();
    const X = denseFromRows(Array.from({ length: 300 }, () => [1, 2, 3, 4]));
    await expect(clusterInstances(dataset, settings({ clusters: 301 }), context())).rejects.toThrow(
      '--clusters 301: there are only 300 instances to cluster',
    );
    await expect(clusterInstances({ ...dataset, X }, settings(), context())).rejects.toThrow(
      'every feature is constant',
    );
    const unlabelled = { ...dataset, labels: undefined, truth: undefined };
    await expect(clusterInstances(unlabelled, settings({ only: 'benign' }), context())).rejects.toThrow('needs labels');
  });
});

it('tells of finer clusters where the gap rises again beyond its error', () => {
  const curve = { by: 'gap', x: [1, 2, 3, 4], error: [0.1, 0.1, 0.1, 0.1], chosen: 1 } as const;
  expect(finerWarnings({ ...curve, y: [1, 0.9, 1.05, 1.2] })).toEqual([expect.stringContaining('larger at 4')]);
  expect(finerWarnings({ ...curve, y: [1, 0.9, 1.05, 1.09] })).toEqual([]);
  expect(finerWarnings({ ...curve, by: 'silhouette', error: undefined, y: [1, 2, 3, 4] })).toEqual([]);
});
