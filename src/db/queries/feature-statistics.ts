import type { PanelData } from '../../schema/panels/registry.js';
import { type Cell, identCell } from '../cell.js';
import { insertRows } from '../insert-rows.js';
import type { Store } from '../store.js';

/** Stores the figures of every feature of an experiment. */
export async function insertFeatureStatistics(
  store: Store,
  experimentId: string,
  statistics: PanelData<'feature-statistics'>,
): Promise<void> {
  await insertRows(store, 'feature_statistics', statisticsRows(experimentId, statistics));
}

function* statisticsRows(experimentId: string, data: PanelData<'feature-statistics'>): Generator<readonly Cell[]> {
  const { min, max, mean, std, p1, p5, p25, p50, p75, p95, p99, skewness, kurtosis } = data;
  const figures = [min, max, mean, std, p1, p5, p25, p50, p75, p95, p99, skewness, kurtosis];
  const score = (name: string, p = false) => {
    const found = data.scores.find((candidate) => candidate.name === name);
    return (p ? found?.p : found?.values) ?? [];
  };
  figures.push(score('variance'), score('anovaF'), score('anovaF', true), score('chi2'), score('chi2', true));
  figures.push(score('mutualInformation'), score('rocAuc'), score('rocAuc', true), score('ks'), score('ks', true));
  figures.push(score('cramersV'));
  for (let i = 0; i < data.features.length; i++) {
    yield [
      experimentId,
      i,
      identCell(data.features[i]),
      data.types[i],
      data.count[i],
      data.missing[i],
      data.distinct[i],
      data.zeros[i],
      ...figures.map((values) => values[i] ?? null),
    ];
  }
}
