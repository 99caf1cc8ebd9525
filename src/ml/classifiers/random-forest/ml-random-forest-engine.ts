import { UserError } from '../../../errors.js';
import { type FitContext, throwIfCancelled } from '../../fit-context.js';
import { toDense } from '../../matrix/feature-matrix.js';
import { randomStream } from '../../random/stream.js';
import { FittedTrees } from '../../trees/fitted-trees.js';
import type { GrowthOptions } from '../../trees/growth-options.js';
import type { TrainingRows } from '../../trees/training-rows.js';
import { TreeBuilder } from '../../trees/tree-builder.js';
import { nextBelow } from '../../next-below.js';

/** Longer fits are refused. */
const mostSeconds = 600;

/** A node of the package's trees; a leaf has no children. */
interface CartNode {
  readonly splitColumn: number;
  readonly splitValue: number;
  readonly gain: number;
  readonly numberSamples: number;
  readonly left?: CartNode;
  readonly right?: CartNode;
  /** Shares of the classes 0, 1, … as far as they occur, in a leaf. */
  readonly distribution?: { getRow(row: number): number[] };
}

interface PackageForest {
  train(X: readonly (readonly number[])[], y: readonly number[]): void;
  /** Features of each tree. */
  readonly indexes: readonly (readonly number[])[];
  readonly estimators: readonly { readonly root: CartNode }[];
}

export interface EngineSettings {
  readonly nEstimators: number;
  readonly bootstrap: boolean;
  readonly options: GrowthOptions;
}

/**
 * Fits a forest with the npm package ml-random-forest 2.1 and takes its trees over, so that they are applied, saved
 * and revived like our own. Each tree has one vote, which we count: the package's own probabilities lose the first
 * tree's. It draws features once for each tree, not for each node, and its search is O(n²), so that fits that would
 * take more than about ten minutes are refused, as are settings it does not know.
 * Throws UserError in these cases.
 */
export async function fitWithPackage(
  rows: TrainingRows,
  { nEstimators, bootstrap, options }: EngineSettings,
  context: FitContext,
): Promise<FittedTrees> {
  refuseWhatItCannot(rows, nEstimators, options);
  throwIfCancelled(context.signal);
  const { X, y, classCount } = rows;
  const { RandomForestClassifier } = (await import('ml-random-forest')) as unknown as {
    RandomForestClassifier: new (options: object) => PackageForest;
  };
  const forest = new RandomForestClassifier({
    nEstimators,
    // A whole number 1 would be taken for "all".
    maxFeatures: options.maxFeatures === 1 && X.columns > 1 ? 1.5 / X.columns : options.maxFeatures,
    replacement: false,
    useSampleBagging: bootstrap,
    // Its out-of-bag pass breaks down where a row is in every tree's sample.
    noOOB: true,
    seed: randomStream(context.seed, 'ml-random-forest').uint32() | 0,
    treeOptions: { maxDepth: options.maxDepth, minNumSamples: options.minSamplesSplit - 1, gainThreshold: 1e-12 },
  });
  const { values, columns } = toDense(X);
  const table = Array.from(y, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
  try {
    forest.train(table, Array.from(y));
  } catch (error) {
    throw new UserError(`ml-random-forest could not learn from this data: ${(error as Error).message}`, {
      hint: 'use --param engine=secuml',
      cause: error,
    });
  }
  const grown = forest.estimators.map(({ root }, t) => takeOver(root, forest.indexes[t], classCount, columns));
  return FittedTrees.of(grown, classCount, columns);
}

/** Seconds the package needs, from 6.4 s for 25 trees on 700 rows and 10 features; fewer rows gain less than n². */
export function packageSeconds(rows: number, nEstimators: number, featuresPerTree: number): number {
  const share = rows / 700;
  return 6.4 * Math.max(share ** 2, share ** 1.5) * (featuresPerTree / 10) * (nEstimators / 25);
}

function refuseWhatItCannot({ X, weights }: TrainingRows, nEstimators: number, options: GrowthOptions): void {
  const refuse = (what: string): never => {
    throw new UserError(`engine=ml-random-forest ${what}`, { hint: 'use --param engine=secuml' });
  };
  if (weights.some((weight) => weight !== weights[0])) refuse('knows no sample weights');
  if (options.criterion !== 'gini') refuse('knows no criterion but gini');
  if (options.minSamplesLeaf > 1) refuse('does not know minSamplesLeaf');
  if (options.maxLeafNodes !== Infinity) refuse('does not know maxLeafNodes');
  if (options.minImpurityDecrease > 0) refuse('does not know minImpurityDecrease');
  const seconds = packageSeconds(X.rows, nEstimators, options.maxFeatures);
  if (seconds > mostSeconds) {
    const minutes = Math.round(seconds / 60);
    refuse(`would take about ${minutes} minutes for ${X.rows} rows and ${nEstimators} trees; it is for small data`);
  }
}

/** One of the package's trees in our layout: each leaf votes for its commonest class. */
function takeOver(root: CartNode, features: readonly number[], classCount: number, columns: number) {
  const builder = new TreeBuilder(classCount);
  const importance = new Float64Array(columns);
  const pending = [{ from: root, to: builder.add() }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { from, to } = next;
    if (!from.left || !from.right) {
      // The package does not say how many rows a leaf has.
      builder.setPureLeaf(to, commonest(from.distribution?.getRow(0) ?? []), 0);
      continue;
    }
    const feature = features[from.splitColumn];
    importance[feature] += from.gain * from.numberSamples;
    const left = builder.add();
    const right = builder.add();
    // It sends x left iff x < splitValue, we iff x <= threshold.
    builder.setInner(to, feature, nextBelow(from.splitValue), left);
    pending.push({ from: from.right, to: right }, { from: from.left, to: left });
  }
  const sum = importance.reduce((total, part) => total + part, 0);
  return { tree: builder.build(), importance: sum > 0 ? importance.map((part) => part / sum) : importance };
}

function commonest(shares: readonly number[]): number {
  let best = 0;
  shares.forEach((share, k) => {
    if (share > shares[best]) best = k;
  });
  return best;
}
