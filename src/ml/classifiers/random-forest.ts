import type { FitContext } from '../fit-context.js';
import { defineParams, type ParamsOf } from '../params.js';
import { binColumnsTask } from '../tasks/bin-columns.js';
import { growTrees } from '../tasks/grow-trees.js';
import { maxCells } from '../trees/binning.js';
import { FittedTrees } from '../trees/fitted-trees.js';
import { featuresTried, growthOptions, growthParams } from '../trees/growth-params.js';
import type { PackedColumns } from '../trees/packed-columns.js';
import { unpackTrees } from '../trees/packed-trees.js';
import { type TrainingRows, trainingRows } from '../trees/training-rows.js';
import { type Cost, defineClassifier, type TrainingSet } from './classifier.js';
import { fitWithPackage, packageSeconds } from './random-forest/ml-random-forest-engine.js';

const params = defineParams({
  nEstimators: { type: 'number', default: 100, min: 1, max: 100_000, integer: true, help: 'trees' },
  ...growthParams,
  maxFeatures: { ...growthParams.maxFeatures, default: 'sqrt' },
  bootstrap: {
    type: 'boolean',
    default: false,
    help: 'each tree learns from rows drawn with replacement, not from all rows',
  },
  engine: {
    type: 'choice',
    words: ['secuml', 'ml-random-forest'],
    default: 'secuml',
    help: 'what grows the trees: our own code, or the npm package (small data only, slower and weaker)',
  },
});

type ForestParams = ParamsOf<typeof params>;

/**
 * Random forest (Breiman 2001): a few features drawn anew for each node, and the mean of the leaves' class proportions
 * as probability. By default each tree learns from all rows (scikit-learn's default is bootstrap samples): measured
 * better on four of five security datasets, by up to .01 of F1, worse by .003 of ROC AUC on one full of repeated rows
 * with contradictory labels; 1.4 times the time. Trees grow on worker threads; each has its own streams of chance, so
 * the forest is the same on any number of them. See TreeGrower for cost and departures from scikit-learn's
 * RandomForestClassifier. O(trees · rows · features tried · depth) time; memory n·d to 2·n·d bytes beside the input,
 * and as much again on each thread. Weights (and so bootstrap samples) are not for the kernel: they take TypeScript's
 * time.
 */
export const randomForest = defineClassifier({
  id: 'random-forest',
  title: 'Random forest',
  summary: 'Many varied trees that vote: strong without tuning, on mixed and unscaled features.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  parallelFit: true,
  cost: forestCost,
  fit: fitForest,
  revive: FittedTrees.revive,
});

async function fitForest(data: TrainingSet, point: ForestParams, context: FitContext): Promise<FittedTrees> {
  const rows = trainingRows(data);
  const { nEstimators, bootstrap } = point;
  const options = growthOptions(point, rows.X.columns, { splitter: 'best', exact: false });
  if (point.engine === 'ml-random-forest') return fitWithPackage(rows, { nEstimators, bootstrap, options }, context);
  const blocks = await binAll(rows, context);
  const { seconds: denseSeconds } = forestCost(rows.X.rows, rows.X.columns, rows.classCount, point);
  // Of a sparse column mostly the few other rows are looked at.
  const seconds = rows.X.kind === 'sparse' ? denseSeconds / 4 : denseSeconds;
  const session = context.executor.open({
    blocks,
    y: rows.y,
    classCount: rows.classCount,
    weights: rows.weights,
    options,
    bootstrap,
    seed: context.seed,
  });
  try {
    // Small enough to keep all threads busy to the end, large enough that handing over costs little.
    const items = ranges(nEstimators, Math.min(8, Math.ceil(nEstimators / 25)));
    const grown = await session.map(growTrees, items, {
      signal: context.signal,
      seconds,
      progress: (done, total) => context.progress?.(Math.round((nEstimators * done) / total), nEstimators, 'trees'),
    });
    return FittedTrees.of(grown.flatMap(unpackTrees), rows.classCount, rows.X.columns);
  } finally {
    await session.close();
  }
}

async function binAll({ X }: TrainingRows, context: FitContext): Promise<PackedColumns[]> {
  const session = context.executor.open({ X });
  try {
    const seconds = X.rows * X.columns * (X.kind === 'sparse' ? 2e-8 : 1e-7);
    // Columns are binned each for itself, so that their parts may depend on the threads; each part reads all of X.
    const parts = Math.min(X.columns, 2 * context.executor.concurrency);
    return await session.map(binColumnsTask, ranges(X.columns, Math.ceil(X.columns / parts)), {
      signal: context.signal,
      seconds,
    });
  } finally {
    await session.close();
  }
}

/** Consecutive ranges of `size`, from 0 to `total`. */
function ranges(total: number, size: number): { first: number; last: number }[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => {
    return { first: i * size, last: Math.min(total, (i + 1) * size) };
  });
}

function forestCost(rows: number, columns: number, classCount: number, point: ForestParams): Cost {
  if (point.engine === 'ml-random-forest') {
    const seconds = packageSeconds(rows, point.nEstimators, featuresTried(point.maxFeatures, columns));
    return { seconds, bytes: 200 * rows * columns };
  }
  const limit = point.maxDepth === 'none' ? Infinity : point.maxDepth;
  const depth = Math.min(limit, Math.log2(rows + 1));
  const visits = point.nEstimators * rows * featuresTried(point.maxFeatures, columns) * depth;
  return {
    seconds: 6e-9 * visits,
    bytes: rows * (6 * columns + 120) + Math.min(rows, maxCells) * (16 * classCount + 32 * columns),
  };
}
