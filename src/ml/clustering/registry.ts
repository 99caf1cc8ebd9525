import { agglomerative } from './algorithms/agglomerative.js';
import { dbscan } from './algorithms/dbscan.js';
import { gaussianMixture } from './algorithms/gaussian-mixture.js';
import { hdbscan } from './algorithms/hdbscan.js';
import { kmeans } from './algorithms/kmeans.js';
import type { AnyClustererDef } from './clusterer.js';

/** Every clustering algorithm by the name the user types. Adding one is its file and its line here. */
export const clusterers = {
  agglomerative,
  dbscan,
  'gaussian-mixture': gaussianMixture,
  hdbscan,
  kmeans,
} satisfies Record<string, AnyClustererDef>;

export type ClustererId = keyof typeof clusterers;
