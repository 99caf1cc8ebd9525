import { kmeans } from './algorithms/kmeans.js';
import type { AnyClustererDef } from './clusterer.js';

/** Every clustering algorithm by the name the user types. Adding one is its file and its line here. */
export const clusterers = {
  kmeans,
} satisfies Record<string, AnyClustererDef>;

export type ClustererId = keyof typeof clusterers;
