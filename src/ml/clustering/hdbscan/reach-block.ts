import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { productDistance } from '../../linear-algebra/product-distance.js';
import { othersAtOnce, type RowProducts, rowProducts, rowsAtOnce } from '../../linear-algebra/row-products.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';

/** Rows from `from` to `to` - 1. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Squared mutual reachability max(d(a, b), core(a), core(b))² between the rows of two spans, from products
 * of rows.
 */
export class ReachBlock {
  /** Between two rows of a side in `across` and `back`: no power of two, or all rows would meet in one place of the cache. */
  readonly stride: number;
  /** (a, b) at a · stride + b, places within the spans; and the other way about. */
  readonly across: Float64Array;
  readonly back: Float64Array;
  private readonly products: RowProducts;

  /** @param most rows of a span at most */
  constructor(
    private readonly X: FeatureMatrix,
    private readonly lengths: Float64Array,
    private readonly core: Float64Array,
    most: number,
  ) {
    this.stride = most + rowsAtOnce;
    this.across = new Float64Array(this.stride * this.stride);
    this.back = new Float64Array(this.stride * this.stride);
    this.products = rowProducts(X);
  }

  fill(a: Span, b: Span, signal: CancelSignal): void {
    for (let from = b.from; from < b.to; from += othersAtOnce) {
      throwIfCancelled(signal);
      const others = Math.min(othersAtOnce, b.to - from);
      this.products.others(from, from + others);
      for (let first = a.from; first < a.to; first += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, a.to - first);
        this.products.multiply(first, count, others);
        for (let q = 0; q < count; q++)
          this.write(first + q, q, { from, to: from + others }, first + q - a.from, from - b.from);
      }
    }
  }

  /** Of one row, the q-th of those just multiplied, and the others: at `toRow` and from `toOthers` on in the block. */
  private write(row: number, q: number, others: Span, toRow: number, toOthers: number): void {
    const { X, lengths, core, across, back, stride } = this;
    const { products } = this.products;
    const own = core[row] * core[row];
    let at = q;
    let to = toRow * stride + toOthers;
    let toBack = toOthers * stride + toRow;
    for (let other = others.from; other < others.to; other++, at += rowsAtOnce, to++, toBack += stride) {
      const squared = productDistance(X, lengths, row, other, products[at]);
      const reach = Math.max(squared, own, core[other] * core[other]);
      across[to] = reach;
      back[toBack] = reach;
    }
  }
}
