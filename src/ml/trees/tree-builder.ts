import type { Tree } from './tree.js';

/**
 * A tree while it grows: nodes in the order they were made, children in pairs. The weight of a leaf's training rows is
 * 0 where it is not known; one such leaf, and the tree has none. One builder serves many trees, so that its arrays are
 * no garbage.
 */
export class TreeBuilder {
  private count = 0;
  private feature = new Int32Array(1024);
  private left = new Int32Array(1024);
  /** Threshold of an inner node, weight of a leaf. */
  private value = new Float64Array(1024);
  private leaves: number[] = [];
  private readonly pureLeaves = new Map<number, number>();

  constructor(private readonly classCount: number) {}

  /** Forgets a tree that was not finished. */
  clear(): void {
    this.count = 0;
    this.leaves = [];
    this.pureLeaves.clear();
  }

  /** A new node, to become a leaf or an inner one; returns its number. */
  add(): number {
    if (this.count === this.feature.length) this.enlarge();
    return this.count++;
  }

  /** Makes a node a leaf of class `only` and a total weight; all such leaves share their proportions. */
  setPureLeaf(node: number, only: number, weight: number): void {
    let row = this.pureLeaves.get(only);
    if (row === undefined) {
      row = this.addLeafRow((k) => (k === only ? 1 : 0));
      this.pureLeaves.set(only, row);
    }
    this.feature[node] = ~row;
    this.value[node] = weight;
  }

  /** Makes a node a leaf whose class weights sum to `weight`. */
  setLeaf(node: number, classWeights: Float64Array, weight: number): void {
    this.feature[node] = ~this.addLeafRow((k) => classWeights[k] / weight);
    this.value[node] = weight;
  }

  setInner(node: number, feature: number, threshold: number, left: number): void {
    this.feature[node] = feature;
    this.value[node] = threshold;
    this.left[node] = left;
  }

  /** The tree of the nodes added; the builder is then empty. */
  build(): Tree {
    const { count } = this;
    const order = new Int32Array(count);
    const feature = new Int32Array(count);
    const inner = (count - 1) / 2;
    const threshold = new Float64Array(inner);
    const leafWeight = new Float64Array(count - inner);
    let known = true;
    for (let i = 0, innerSoFar = 0; i < count; i++) {
      const node = order[i];
      feature[i] = this.feature[node];
      if (feature[i] >= 0) {
        order[2 * innerSoFar + 1] = this.left[node];
        order[2 * innerSoFar + 2] = this.left[node] + 1;
        threshold[innerSoFar++] = this.value[node];
      } else {
        leafWeight[i - innerSoFar] = this.value[node];
        known &&= this.value[node] > 0;
      }
    }
    const leaves = Float64Array.from(this.leaves);
    this.clear();
    return { feature, threshold, leaves, leafWeight: known ? leafWeight : null };
  }

  private addLeafRow(proportion: (k: number) => number): number {
    for (let k = 0; k < this.classCount; k++) this.leaves.push(proportion(k));
    return this.leaves.length / this.classCount - 1;
  }

  private enlarge(): void {
    const { feature, left, value } = this;
    this.feature = new Int32Array(2 * feature.length);
    this.feature.set(feature);
    this.left = new Int32Array(2 * left.length);
    this.left.set(left);
    this.value = new Float64Array(2 * value.length);
    this.value.set(value);
  }
}
