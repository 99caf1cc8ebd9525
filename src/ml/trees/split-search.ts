import type { CellList } from './cell-list.js';
import type { NodeRows } from './node-rows.js';

export type Criterion = 'gini' | 'entropy';

/**
 * Finds the best boundary between two neighbouring cells of a list. A boundary b lies behind cell b. What is
 * minimised is W·impurity summed over both sides: Gini's 1 - Σp² or the entropy -Σp·log2(p) (Breiman and others 1984).
 */
export class SplitSearch {
  /** Boundary found by the last search, -1 if there is none. */
  boundary = -1;
  /** Weighted impurity of both sides at that boundary. */
  impurity = 0;
  private readonly left: Float64Array;

  constructor(
    private readonly criterion: Criterion,
    private readonly minSamplesLeaf: number,
    classCount: number,
  ) {
    this.left = new Float64Array(classCount);
  }

  /** Searches the boundaries first … last, both within 0 … cells.count - 2; of equals the first is taken. */
  search(cells: CellList, node: NodeRows, first: number, last: number): void {
    this.boundary = -1;
    this.impurity = Infinity;
    if (this.criterion === 'gini' && node.classCount === 2) this.searchBinaryGini(cells, node, first, last);
    else this.searchAny(cells, node, first, last);
  }

  private searchBinaryGini(cells: CellList, node: NodeRows, first: number, last: number): void {
    const { weight, rows } = cells;
    const { minSamplesLeaf } = this;
    // With a minimum of 1 every boundary is allowed, and the rows of the cells were not counted.
    const counted = minSamplesLeaf > 1;
    const mostLeft = node.count - minSamplesLeaf;
    const all0 = node.classWeight[0];
    const all1 = node.classWeight[1];
    let left0 = 0;
    let left1 = 0;
    let leftRows = 0;
    let best = Infinity;
    let boundary = -1;
    for (let b = 0; b <= last; b++) {
      left0 += weight[2 * b];
      left1 += weight[2 * b + 1];
      leftRows += rows[b];
      if (b < first || (counted && (leftRows < minSamplesLeaf || leftRows > mostLeft))) continue;
      const right0 = all0 - left0;
      const right1 = all1 - left1;
      const leftAll = left0 + left1;
      const rightAll = right0 + right1;
      // W·(1 - Σp²) = 2·w0·w1 / W on either side; brought over one denominator, as division is what costs.
      const impurity = (left0 * left1 * rightAll + right0 * right1 * leftAll) / (leftAll * rightAll);
      if (impurity < best) {
        best = impurity;
        boundary = b;
      }
    }
    this.boundary = boundary;
    this.impurity = 2 * best;
  }

  private searchAny(cells: CellList, node: NodeRows, first: number, last: number): void {
    const { weight, rows } = cells;
    const { left, minSamplesLeaf } = this;
    const { classWeight, classCount } = node;
    // With a minimum of 1 every boundary is allowed, and the rows of the cells were not counted.
    const counted = minSamplesLeaf > 1;
    const mostLeft = node.count - minSamplesLeaf;
    left.fill(0, 0, classCount);
    let leftRows = 0;
    for (let b = 0; b <= last; b++) {
      for (let k = 0; k < classCount; k++) left[k] += weight[b * classCount + k];
      leftRows += rows[b];
      if (b < first || (counted && (leftRows < minSamplesLeaf || leftRows > mostLeft))) continue;
      const impurity =
        this.criterion === 'gini'
          ? giniOfSides(left, classWeight, classCount)
          : entropyOfSides(left, classWeight, classCount);
      if (impurity < this.impurity) {
        this.impurity = impurity;
        this.boundary = b;
      }
    }
  }
}

/** W·impurity of one node. */
export function weightedImpurity(criterion: Criterion, classWeight: Float64Array, classCount: number): number {
  return criterion === 'gini' ? gini(classWeight, classCount) : entropy(classWeight, classCount);
}

function gini(classWeight: Float64Array, classCount: number): number {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < classCount; k++) {
    sum += classWeight[k];
    squares += classWeight[k] * classWeight[k];
  }
  return sum - squares / sum;
}

function entropy(classWeight: Float64Array, classCount: number): number {
  let sum = 0;
  let logs = 0;
  for (let k = 0; k < classCount; k++) {
    sum += classWeight[k];
    if (classWeight[k] > 0) logs += classWeight[k] * Math.log2(classWeight[k]);
  }
  return sum * Math.log2(sum) - logs;
}

function giniOfSides(left: Float64Array, all: Float64Array, classCount: number): number {
  let leftSum = 0;
  let rightSum = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let k = 0; k < classCount; k++) {
    const l = left[k];
    const r = all[k] - l;
    leftSum += l;
    rightSum += r;
    leftSquares += l * l;
    rightSquares += r * r;
  }
  return leftSum - leftSquares / leftSum + (rightSum - rightSquares / rightSum);
}

function entropyOfSides(left: Float64Array, all: Float64Array, classCount: number): number {
  let leftSum = 0;
  let rightSum = 0;
  let leftLogs = 0;
  let rightLogs = 0;
  for (let k = 0; k < classCount; k++) {
    const l = left[k];
    const r = all[k] - l;
    leftSum += l;
    rightSum += r;
    if (l > 0) leftLogs += l * Math.log2(l);
    if (r > 0) rightLogs += r * Math.log2(r);
  }
  return leftSum * Math.log2(leftSum) - leftLogs + (rightSum * Math.log2(rightSum) - rightLogs);
}
