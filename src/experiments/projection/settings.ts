import type { Params } from '../../ml/params.js';
import type { projections } from '../../ml/projection/registry.js';
import type { Settings } from '../../schema/result-document.js';

/** What supervised projections learn from, and what classes are told apart by. */
export const projectedBy = ['label', 'family'] as const;

/** The settings of `projection`. */
export interface ProjectionSettings {
  readonly algorithm: keyof typeof projections;
  readonly params: Params;
  /** Null: a usual number. */
  readonly components: number | null;
  readonly by: (typeof projectedBy)[number];
}

/** The settings as the result document keeps them. */
export function projectionForDocument(settings: ProjectionSettings, seed: number): Settings {
  const { algorithm, params, components, by } = settings;
  return { algorithm, params: { ...params }, components, by, seed };
}
