import type { ExperimentKind } from '../../../src/schema/vocabulary.js';

const kindTitles: Record<ExperimentKind, string> = {
  classify: 'classification',
  'active-learning': 'active learning',
  'rare-categories': 'rare categories',
  stats: 'statistics',
  projection: 'projection',
  cluster: 'clustering',
};

/** A kind of experiment in words; one that only another version knows goes by its own name. */
export const kindTitle = (kind: string): string =>
  Object.hasOwn(kindTitles, kind) ? kindTitles[kind as ExperimentKind] : kind;
