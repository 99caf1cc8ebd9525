import { afterAll, describe, expect, it } from 'vitest';
import type { ExperimentContext } from '../../../src/experiments/experiment.js';
import { canProduceProjectionFigure, projectInstances } from '../../../src/experiments/projection/project.js';
import type { ProjectionSettings } from '../../../src/experiments/projection/settings.js';
import type { Executor } from '../../../src/ml/fit-context.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { projections } from '../../../src/ml/projection/registry.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../../src/parallel/thread-executor.js';
import { type PanelData, panelSchemas } from '../../../src/schema/panels/registry.js';
import type { AnyPanel } from '../../../src/schema/result-document.js';
import { syntheticDataset } from '../classify/synthetic-dataset.js';

const threads = threadExecutor(2);
afterAll(() => threads.close());

const context = (executor: Executor = inlineExecutor): ExperimentContext => ({ seed: 3, executor, stage: () => {} });
const settings = (changed: Partial<ProjectionSettings> = {}): ProjectionSettings => {
  const algorithm = changed.algorithm ?? 'pca';
  return {
    algorithm,
    params: defaultParams(projections[algorithm].params),
    components: null,
    by: 'family',
    ...changed,
  };
};

const dataset = syntheticDataset({ distance: 12 });

function picturesOf(panels: readonly AnyPanel[]): PanelData<'hexagons'>[] {
  return panels.filter(({ kind }) => kind === 'hexagons').map(({ data }) => panelSchemas.hexagons.parse(data));
}

describe('projectInstances', () => {
  it('keeps every instance and label in each picture', async () => {
    const { panels, headline, predictions, axes } = await projectInstances(dataset, settings(), context());
    const k = headline.components ?? 0;
    for (const name of Object.keys(headline)) expect(canProduceProjectionFigure(name), name).toBe(true);
    expect(predictions?.coordinates).toHaveLength(k);
    expect(predictions?.coordinates?.map((values) => values.length)).toEqual(Array(k).fill(dataset.ids.length));
    expect(axes?.axes).toHaveLength((axes?.features.length ?? 0) * k);
    const labels = dataset.labels?.label ?? new Int8Array(0);
    const pictures = picturesOf(panels);
    expect(pictures).toHaveLength((k * (k - 1)) / 2);
    for (const { hexagons } of pictures) {
      const sum = (of: 'instances' | 'malicious' | 'benign'): number => hexagons.reduce((all, h) => all + h[of], 0);
      expect(sum('instances')).toBe(dataset.ids.length);
      expect(sum('malicious')).toBe(labels.filter((label) => label === 1).length);
      expect(sum('benign')).toBe(labels.filter((label) => label === 0).length);
      expect(hexagons.every(({ members, instances }) => members.length > 0 && members.length <= instances)).toBe(true);
    }
  });

  it('explains all of the variance with all components, and rebuilds the cells', async () => {
    const { panels, headline } = await projectInstances(dataset, settings(), context());
    const panel = panels.find(({ kind }) => kind === 'component-variance');
    const { cumulative, reconstructionError } = panelSchemas['component-variance'].parse(panel?.data);
    expect(headline.explainedVariance).toBeCloseTo(1, 9);
    expect(cumulative.at(-1)).toBeCloseTo(1, 9);
    expect(reconstructionError.at(-1)).toBeCloseTo(0, 9);
    // Nothing rebuilt of cells with variance 1 would leave an error of 1.
    expect(reconstructionError[0]).toBeCloseTo(1 - cumulative[0], 2);
  });

  it('draws one component as a line', async () => {
    const { panels, headline } = await projectInstances(
      dataset,
      settings({ algorithm: 'lda', by: 'label' }),
      context(),
    );
    expect(headline.components).toBe(1);
    expect(headline.classSeparation).toBeLessThan(0.6);
    expect(picturesOf(panels).map(({ x, y }) => [x, y])).toEqual([[1, 1]]);
  });

  it('gives the same on threads', async () => {
    for (const algorithm of ['pca', 'umap', 'nca'] as const) {
      const once = await projectInstances(dataset, settings({ algorithm }), context());
      expect(await projectInstances(dataset, settings({ algorithm }), context(threads))).toEqual(once);
    }
  });

  it('refuses what it cannot do', async () => {
    const { labels: _, ...unlabelled } = dataset;
    await expect(projectInstances(unlabelled, settings({ algorithm: 'rca' }), context())).rejects.toThrow(
      'learns from',
    );
    await expect(projectInstances(dataset, settings({ components: 99 }), context())).rejects.toThrow('pca has at most');
    await expect(
      projectInstances(dataset, settings({ algorithm: 'lda', by: 'label', components: 2 }), context()),
    ).rejects.toThrow('lda has at most 1 here');
    const constant = { ...dataset, X: denseMatrix(dataset.X.rows, dataset.X.columns) };
    await expect(projectInstances(constant, settings(), context())).rejects.toThrow('every feature is constant');
  });
});
