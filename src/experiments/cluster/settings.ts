import type { Params } from '../../ml/params.js';
import type { CountCriterion } from '../../ml/clustering/choose-count.js';
import type { clusterers } from '../../ml/clustering/registry.js';
import type { projections } from '../../ml/projection/registry.js';
import type { Settings } from '../../schema/result-document.js';

/** Rows that are clustered. */
export const clusteredRows = ['all', 'malicious', 'benign'] as const;

/** The settings of `cluster`. */
export interface ClusterSettings {
  readonly algorithm: keyof typeof clusterers;
  readonly params: Params;
  /** Null for an algorithm that finds the number itself. */
  readonly clusters: number | 'auto' | null;
  /** What `auto` chooses by; absent: by whichever suits the algorithm. */
  readonly clustersBy?: CountCriterion;
  /** Instances are clustered in its components. */
  readonly projection?: {
    readonly algorithm: keyof typeof projections;
    /** Null: a usual number. */
    readonly components: number | null;
  };
  readonly only: (typeof clusteredRows)[number];
}

/** The settings as the result document keeps them. */
export function clusterForDocument(settings: ClusterSettings, seed: number): Settings {
  const { algorithm, params, clusters, clustersBy, projection, only } = settings;
  return {
    algorithm,
    params: { ...params },
    clusters,
    ...(clustersBy && { clustersBy }),
    ...(projection && { projection: projection.algorithm, components: projection.components }),
    only,
    seed,
  };
}
