import type { TaskDef } from '../fit-context.js';
import { batchKmeans } from './batch-kmeans.js';
import { binColumnsTask } from './bin-columns.js';
import { compareFeatures } from './compare-features.js';
import { correlateFeatures } from './correlate-features.js';
import { describeFeatures } from './describe-features.js';
import { evaluateGrid } from './evaluate-grid.js';
import { findNearDuplicates } from './find-near-duplicates.js';
import { findNearestPoints } from './find-nearest-points.js';
import { findNeighbours } from './find-neighbours.js';
import { fitModel } from './fit-model.js';
import { fitSphere } from './fit-sphere.js';
import { fitWithout } from './fit-without.js';
import { growIsolationTrees } from './grow-isolation-trees.js';
import { growTrees } from './grow-trees.js';
import { measureDistances } from './measure-distances.js';
import { measureCores } from './measure-cores.js';
import { mergeClusters } from './merge-clusters.js';
import { permuteFeatures } from './permute-features.js';
import { varyFeatures } from './vary-features.js';
import { predictRound } from './predict-round.js';
import { refineKmeans } from './refine-kmeans.js';
import { runDbscan } from './run-dbscan.js';
import { spanRows } from './span-rows.js';
import { startKmeans } from './start-kmeans.js';
import { sumDistances } from './sum-distances.js';

/** Every task a worker can run, by its id. */
export const tasks = {
  'batch-kmeans': batchKmeans,
  'bin-columns': binColumnsTask,
  'compare-features': compareFeatures,
  'correlate-features': correlateFeatures,
  'describe-features': describeFeatures,
  'evaluate-grid': evaluateGrid,
  'find-near-duplicates': findNearDuplicates,
  'find-nearest-points': findNearestPoints,
  'find-neighbours': findNeighbours,
  'fit-model': fitModel,
  'fit-sphere': fitSphere,
  'fit-without': fitWithout,
  'grow-isolation-trees': growIsolationTrees,
  'grow-trees': growTrees,
  'measure-distances': measureDistances,
  'measure-cores': measureCores,
  'merge-clusters': mergeClusters,
  'permute-features': permuteFeatures,
  'vary-features': varyFeatures,
  'predict-round': predictRound,
  'refine-kmeans': refineKmeans,
  'run-dbscan': runDbscan,
  'span-rows': spanRows,
  'start-kmeans': startKmeans,
  'sum-distances': sumDistances,
} satisfies Record<string, TaskDef<never, never, unknown>>;
