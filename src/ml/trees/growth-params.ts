import { defineParams, type ParamsOf } from '../params.js';
import type { GrowthOptions } from './growth-options.js';

/** Hyper-parameters common to everything grown of classification trees, with the defaults of a single tree. */
export const growthParams = defineParams({
  criterion: { type: 'choice', words: ['gini', 'entropy'], default: 'gini', help: 'impurity that splits lower' },
  maxDepth: {
    type: 'number-or-word',
    words: ['none'],
    default: 'none',
    min: 1,
    integer: true,
    help: 'levels of splits below the root',
  },
  minSamplesSplit: { type: 'number', default: 2, min: 2, integer: true, help: 'fewer rows are not split any further' },
  minSamplesLeaf: { type: 'number', default: 1, min: 1, integer: true, help: 'rows that each leaf has at least' },
  maxFeatures: {
    type: 'number-or-word',
    words: ['sqrt', 'log2', 'none'],
    default: 'none',
    min: 1,
    integer: true,
    help: 'features tried for each split: their square root, their binary logarithm, all, or so many',
  },
  maxLeafNodes: {
    type: 'number-or-word',
    words: ['none'],
    default: 'none',
    min: 2,
    integer: true,
    help: 'leaves of a tree at most; the splits that gain most come first',
  },
  minImpurityDecrease: {
    type: 'number',
    default: 0,
    min: 0,
    help: 'what a split must take off the impurity, weighted by the share of rows it concerns',
  },
});

/** Growth options of a tree on d = `columns` features; `splitter` and `exact` as in GrowthOptions. */
export function growthOptions(
  params: ParamsOf<typeof growthParams>,
  columns: number,
  { splitter, exact }: Pick<GrowthOptions, 'splitter' | 'exact'>,
): GrowthOptions {
  const limit = (value: number | 'none'): number => (value === 'none' ? Infinity : value);
  return {
    criterion: params.criterion,
    splitter,
    exact,
    maxDepth: limit(params.maxDepth),
    minSamplesSplit: params.minSamplesSplit,
    minSamplesLeaf: params.minSamplesLeaf,
    maxFeatures: featuresTried(params.maxFeatures, columns),
    maxLeafNodes: limit(params.maxLeafNodes),
    minImpurityDecrease: params.minImpurityDecrease,
  };
}

/** How many of d = `columns` features a setting of maxFeatures means: 1 … d. */
export function featuresTried(maxFeatures: number | 'sqrt' | 'log2' | 'none', columns: number): number {
  if (maxFeatures === 'none') return columns;
  const count = maxFeatures === 'sqrt' ? Math.sqrt(columns) : maxFeatures === 'log2' ? Math.log2(columns) : maxFeatures;
  return Math.min(columns, Math.max(1, Math.floor(count)));
}
