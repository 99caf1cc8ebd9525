import { UserError } from '../../errors.js';
import type { ModelJson } from '../classifiers/classifier.js';

/**
 * A decision tree as it is kept: node 0 is the root and nodes are in breadth-first order, so the children of the i-th
 * inner node are nodes 2i + 1 and 2i + 2. About 12 bytes a node.
 */
export interface Tree {
  /** Feature of an inner node; ~row of `leaves` (negative) of a leaf. */
  readonly feature: Int32Array;
  /** Of the inner nodes, in their order: a node sends x to its left child iff x[feature] <= threshold. */
  readonly threshold: Float64Array;
  /**
   * Of the inner nodes: 1 where a missing value goes left, too. Absent in a tree that has never seen any: such a value
   * cannot be sent either way.
   */
  readonly missingLeft?: Uint8Array;
  /** Rows of k class proportions, each summing to 1; all leaves of a single class share a row. */
  readonly leaves: Float64Array;
  /** Weight of the training rows in each leaf, > 0, in the leaves' order; null where not all are known. */
  readonly leafWeight: Float64Array | null;
}

/** A tree to be walked: what Tree keeps, and arrays with a place for each node. */
export interface ExpandedTree {
  readonly feature: Int32Array;
  /** 0 in leaves. */
  readonly threshold: Float64Array;
  /** 1 where a missing value goes left; 0 in leaves. Null where missing values cannot be sent either way. */
  readonly missingLeft: Uint8Array | null;
  /** Left child; the right one follows it. 0 in leaves. */
  readonly left: Int32Array;
  readonly leaves: Float64Array;
  /** Weight of the training rows in each node; null where it is not known. */
  readonly weight: Float64Array | null;
}

/** O(nodes). */
export function expandTree({ feature, threshold, missingLeft, leaves, leafWeight }: Tree): ExpandedTree {
  let inner = 0;
  const thresholds = Float64Array.from(feature, (f) => (f >= 0 ? threshold[inner++] : 0));
  inner = 0;
  const missing = missingLeft ? Uint8Array.from(feature, (f) => (f >= 0 ? missingLeft[inner++] : 0)) : null;
  const left = leftChildren(feature);
  let weight: Float64Array | null = null;
  if (leafWeight) {
    let leaf = 0;
    weight = Float64Array.from(feature, (f) => (f < 0 ? leafWeight[leaf++] : 0));
    addUpWeights(feature, left, weight);
  }
  return { feature, threshold: thresholds, missingLeft: missing, left, leaves, weight };
}

/** Gives each inner node the weight of its two children; the leaves' must be there. */
function addUpWeights(feature: Int32Array, left: Int32Array, weight: Float64Array): void {
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] >= 0) weight[node] = weight[left[node]] + weight[left[node] + 1];
  }
}

function leftChildren(feature: Int32Array): Int32Array {
  let inner = 0;
  return feature.map((f) => (f >= 0 ? 2 * inner++ + 1 : 0));
}

/** Compact JSON: features of all nodes, thresholds (and ways of missing values) of the inner ones, leaves, weights. */
export function treeToJson({ feature, threshold, missingLeft, leaves, leafWeight }: Tree): ModelJson {
  return {
    feature: Array.from(feature),
    threshold: Array.from(threshold),
    ...(missingLeft ? { missingLeft: Array.from(missingLeft) } : {}),
    leaves: Array.from(leaves),
    weight: leafWeight && Array.from(leafWeight),
  };
}

/** The tree of `treeToJson`, for d features and k classes; throws UserError where it could not be walked safely. */
export function treeFromJson(json: unknown, columns: number, classCount: number): Tree {
  const {
    feature: features,
    threshold: thresholds,
    missingLeft,
    leaves,
    weight: weights = null,
  } = (json ?? {}) as Record<string, unknown>;
  if (!isNumbers(features) || !isNumbers(thresholds) || !isNumbers(leaves))
    return refuse('lists of numbers are missing');
  const leafRows = leaves.length / classCount;
  const inside = (f: number): boolean => Number.isInteger(f) && f < columns && ~f < leafRows;
  if (features.length === 0 || !features.every(inside)) return refuse('a feature or leaf does not exist');
  const inner = features.filter((f) => f >= 0).length;
  if (thresholds.length !== inner || features.length !== 2 * inner + 1 || !Number.isInteger(leafRows)) {
    return refuse('the numbers of nodes do not match');
  }
  const feature = Int32Array.from(features);
  const left = leftChildren(feature);
  if (left.some((child, node) => feature[node] >= 0 && child <= node)) return refuse('a node is its own descendant');
  return {
    feature,
    threshold: Float64Array.from(thresholds),
    ...(missingLeft === undefined ? {} : { missingLeft: missingLeftFromJson(missingLeft, inner) }),
    leaves: Float64Array.from(leaves),
    leafWeight: weightFromJson(weights, features.length - inner),
  };
}

function missingLeftFromJson(ways: unknown, inner: number): Uint8Array {
  if (!isNumbers(ways) || ways.length !== inner || !ways.every((way) => way === 0 || way === 1)) {
    return refuse('the ways of missing values do not match');
  }
  return Uint8Array.from(ways);
}

function weightFromJson(weights: unknown, leaves: number): Float64Array | null {
  if (weights === null) return null;
  if (!isNumbers(weights) || weights.length !== leaves || !weights.every((weight) => weight > 0)) {
    return refuse('the weights of the leaves do not match');
  }
  return Float64Array.from(weights);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}

function refuse(why: string): never {
  throw new UserError(`the model's tree is damaged: ${why}`);
}
