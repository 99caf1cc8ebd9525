import { UserError } from '../../errors.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { groupColumns } from '../../ml/statistics/grouped-columns.js';
import { compareFeatures, type SharedFeature } from '../../ml/tasks/compare-features.js';
import type { PanelOf } from '../../schema/result-document.js';
import type { ExperimentContext } from '../experiment.js';
import { orNull } from './statistics-panels.js';

/** Features that a worker compares at once. */
const perTask = 8;

/** How each feature differs in another dataset. Throws UserError where the two share no feature. */
export async function datasetDrift(
  reference: Dataset,
  other: Dataset,
  context: ExperimentContext,
): Promise<PanelOf<'feature-drift'>> {
  const there = new Map(other.featureNames.map((name, j) => [name, j]));
  const shared: SharedFeature[] = [];
  reference.featureNames.forEach((name, inReference) => {
    const inOther = there.get(name);
    if (inOther !== undefined) shared.push({ inReference, inOther });
  });
  if (shared.length === 0) {
    throw new UserError(`${reference.name} and ${other.name} have no feature in common`, {
      hint: 'features are matched by name: see secuml check on both',
    });
  }
  const here = new Set(reference.featureNames);
  const session = context.executor.open({ reference: whole(reference), other: whole(other) });
  try {
    const items = Array.from({ length: Math.ceil(shared.length / perTask) }, (_, k) =>
      shared.slice(k * perTask, (k + 1) * perTask),
    );
    const outputs = await session.map(compareFeatures, items, {
      signal: context.signal,
      seconds: (reference.ids.length + other.ids.length) * shared.length * 2e-7,
      progress: (done, total) => context.progress?.(done, total, 'comparing datasets'),
    });
    const rows = outputs.flat().map((drift, k) => ({
      feature: reference.featureNames[shared[k].inReference],
      psi: orNull(drift.psi),
      ks: orNull(drift.ks.statistic),
      ksP: orNull(drift.ks.p),
      jensenShannon: orNull(drift.jensenShannon),
      means: drift.means.map(orNull),
      missing: [...drift.missing],
      edges: Array.from(drift.edges),
      counts: drift.counts.map((counts) => Array.from(counts)),
    }));
    const data = {
      dataset: other.name,
      instances: other.ids.length,
      onlyHere: reference.featureNames.filter((name) => !there.has(name)),
      onlyThere: other.featureNames.filter((name) => !here.has(name)),
      rows: rows.sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1) || (a.feature < b.feature ? -1 : 1)),
    };
    return { kind: 'feature-drift', id: 'feature-drift', title: `Against ${other.name}`, data };
  } finally {
    await session.close();
  }
}

/** All rows as one group. */
const whole = ({ X, ids }: Dataset) => groupColumns(X, new Int32Array(ids.length), 1);
