import type { Params } from '../../ml/params.js';
import type { clusterers } from '../../ml/clustering/registry.js';
import type { Settings } from '../../schema/result-document.js';

/** Rows that are clustered. */
export const clusteredRows = ['all', 'malicious', 'benign'] as const;

/** The settings of `cluster`. */
export interface ClusterSettings {
  readonly algorithm: keyof typeof clusterers;
  readonly params: Params;
  /** Null for an algorithm that finds the number itself. */
  readonly clusters: number | 'auto' | null;
  readonly only: (typeof clusteredRows)[number];
}

/** The settings as the result document keeps them. */
export function clusterForDocument({ algorithm, params, clusters, only }: ClusterSettings, seed: number): Settings {
  return { algorithm, params: { ...params }, clusters, only, seed };
}
