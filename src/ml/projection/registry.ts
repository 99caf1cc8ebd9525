import { pca } from './algorithms/pca.js';
import type { AnyProjectionDef } from './projection.js';

/** Every projection algorithm by the name the user types. Adding one is its file and its line here. */
export const projections = {
  pca,
} satisfies Record<string, AnyProjectionDef>;
