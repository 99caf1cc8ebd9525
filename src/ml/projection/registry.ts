import { itml } from './algorithms/itml.js';
import { lda } from './algorithms/lda.js';
import { lmnn } from './algorithms/lmnn.js';
import { nca } from './algorithms/nca.js';
import { pca } from './algorithms/pca.js';
import { rca } from './algorithms/rca.js';
import { sdml } from './algorithms/sdml.js';
import { tsne } from './algorithms/tsne.js';
import { umap } from './algorithms/umap.js';
import type { AnyProjectionDef } from './projection.js';

/** Every projection algorithm by the name the user types. Adding one is its file and its line here. */
export const projections = {
  pca,
  lda,
  rca,
  nca,
  lmnn,
  itml,
  sdml,
  umap,
  tsne,
} satisfies Record<string, AnyProjectionDef>;
