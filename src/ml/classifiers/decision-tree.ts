import type { FitContext } from '../fit-context.js';
import { throwIfCancelled } from '../fit-context.js';
import { defineParams, type ParamsOf } from '../params.js';
import { randomStream } from '../random/stream.js';
import { type BinnedColumn, binColumns, maxCells } from '../trees/binning.js';
import { FittedTrees } from '../trees/fitted-trees.js';
import { growthOptions, growthParams } from '../trees/growth-params.js';
import { trainingRows } from '../trees/training-rows.js';
import { TreeGrower } from '../trees/tree-grower.js';
import { defineClassifier, type TrainingSet } from './classifier.js';

const params = defineParams({
  ...growthParams,
  criterion: { ...growthParams.criterion, grid: ['gini', 'entropy'] },
  maxDepth: { ...growthParams.maxDepth, grid: [5, 10, 15, 20, 'none'] },
  splitter: {
    type: 'choice',
    words: ['best', 'random'],
    default: 'best',
    help: 'the best threshold of a feature, or one drawn at random',
  },
});

type TreeParams = ParamsOf<typeof params>;

/** Columns binned between two looks at the cancel signal. */
const columnsAtOnce = 16;

/**
 * A classification tree (CART: Breiman, Friedman, Olshen and Stone 1984) on exact cells: see TreeGrower for its cost
 * and its departures from scikit-learn's DecisionTreeClassifier. With the default splitter and all features tried it
 * uses no chance: rows in any order give the same tree.
 */
export const decisionTree = defineClassifier({
  id: 'decision-tree',
  title: 'Decision tree',
  summary: 'One tree of yes/no questions: easy to read, weaker than a forest.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  cost(rows, columns, classCount, { maxDepth }) {
    const depth = Math.min(maxDepth === 'none' ? Infinity : maxDepth, Math.log2(rows + 1));
    return {
      seconds: 4e-9 * rows * columns * (depth + 5),
      bytes: rows * (2 * columns + 40) + Math.min(rows, maxCells) * (8 * classCount + 16 * columns),
    };
  },
  async fit(data, point, context) {
    return fitPoints(data, [point], context)[0];
  },
  // Every parameter lies on the path: the columns are put into cells once for all points.
  pathParams: Object.keys(params),
  async fitPath(data, points, context) {
    return fitPoints(data, points, context);
  },
  revive: FittedTrees.revive,
});

function fitPoints(data: TrainingSet, points: readonly TreeParams[], context: FitContext): FittedTrees[] {
  const { X, y, classCount, weights } = trainingRows(data);
  const columns: BinnedColumn[] = [];
  for (let first = 0; first < X.columns; first += columnsAtOnce) {
    throwIfCancelled(context.signal);
    columns.push(...binColumns(X, first, Math.min(X.columns, first + columnsAtOnce)));
  }
  return points.map((point) => {
    const options = growthOptions(point, X.columns, { splitter: point.splitter, exact: true });
    const grower = new TreeGrower(columns, y, classCount, options);
    const grown = grower.grow(weights, randomStream(context.seed, 'features'), context.signal);
    return FittedTrees.of([grown], classCount, X.columns);
  });
}
