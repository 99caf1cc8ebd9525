/**
 * The `size` highest of many rows, of equal ones the first that came. Memory: twice as many rows; time: O(log size) a row
 * at worst, amortised.
 */
export class TopRows<R extends { readonly ranking: number }> {
  private kept: R[] = [];
  /** Below it nothing gets in. */
  private floor = Number.NEGATIVE_INFINITY;

  constructor(private readonly size: number) {}

  add(row: R): void {
    if (this.kept.length >= this.size && row.ranking <= this.floor) return;
    this.kept.push(row);
    if (this.kept.length >= 2 * this.size) this.cut();
  }

  /** The rows kept, the highest first. */
  take(): R[] {
    this.cut();
    return this.kept;
  }

  private cut(): void {
    // The sort is stable: of equal rows the earlier stays ahead.
    this.kept.sort((a, b) => b.ranking - a.ranking);
    this.kept.length = Math.min(this.kept.length, this.size);
    if (this.kept.length === this.size) this.floor = this.kept[this.size - 1].ranking;
  }
}
