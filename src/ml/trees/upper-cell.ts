import type { CellEntries } from './binning.js';
import type { NodeRows } from './node-rows.js';

/** Weight of either class of a node in the upper cell of a column of two cells. */
export class UpperCell {
  weight0 = 0;
  weight1 = 0;

  /** @param bits one for each row of the matrix: whether it is in the upper cell */
  read(bits: Int32Array, node: NodeRows): void {
    const { start, middle, end, rows, weights } = node;
    if (node.unweighted) {
      this.weight0 = count(bits, rows, start, middle);
      this.weight1 = count(bits, rows, middle, end);
    } else {
      this.weight0 = weigh(bits, rows, start, middle, weights, 0);
      this.weight1 = weigh(bits, rows, middle, end, weights, middle - start);
    }
  }

  /** @param position where each row of the matrix stands, -1 outside the tree */
  readListed(list: CellEntries, position: Int32Array, node: NodeRows): void {
    const { start, middle, end, weights, unweighted } = node;
    const { rows: listed } = list;
    let [listed0, listed1] = [0, 0];
    if (unweighted) {
      let all = 0;
      for (let e = 0; e < listed.length; e++) {
        const at = position[listed[e]];
        // 1 if inside, without a branch that no processor can foresee.
        const inside = 1 - (((at - start) | (end - 1 - at)) >>> 31);
        all += inside;
        listed0 += inside & ((at - middle) >>> 31);
      }
      listed1 = all - listed0;
    } else {
      for (let e = 0; e < listed.length; e++) {
        const at = position[listed[e]];
        if (at < start || at >= end) continue;
        if (at < middle) listed0 += weights[at - start];
        else listed1 += weights[at - start];
      }
    }
    const isUpper = list.commonCode === 0;
    this.weight0 = isUpper ? listed0 : node.classWeight[0] - listed0;
    this.weight1 = isUpper ? listed1 : node.classWeight[1] - listed1;
  }
}

function count(bits: Int32Array, rows: Uint32Array, from: number, to: number): number {
  let ones = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i];
    ones += (bits[row >>> 5] >>> row) & 1;
  }
  return ones;
}

function weigh(
  bits: Int32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  weights: Float64Array,
  at: number,
): number {
  let weight = 0;
  for (let i = from, k = at; i < to; i++, k++) {
    const row = rows[i];
    weight += ((bits[row >>> 5] >>> row) & 1) * weights[k];
  }
  return weight;
}
