import { compareRoutes } from './compare.js';
import { downloadRoutes } from './downloads.js';
import { experimentRoutes } from './experiments.js';
import { instanceRoutes } from './instances.js';
import { labelSetRoutes } from './label-sets.js';
import { labelRoutes } from './labels.js';
import { loopRoutes } from './loops.js';
import type { Route } from './route.js';
import { rowRoutes } from './rows.js';
import { viewRoutes } from './views.js';

/** Every route of the API. Adding one is its entry in one of these lists. */
export const routes: readonly Route[] = [
  ...experimentRoutes,
  ...rowRoutes,
  ...instanceRoutes,
  ...downloadRoutes,
  ...viewRoutes,
  ...labelRoutes,
  ...labelSetRoutes,
  ...loopRoutes,
  ...compareRoutes,
];
