/** The entries of one sparse row while it is read. */
export class EntryRow {
  columns = new Uint32Array(256);
  values = new Float64Array(256);
  count = 0;
  private inOrder = true;

  clear(): void {
    this.count = 0;
    this.inOrder = true;
  }

  add(column: number, value: number): void {
    if (this.count === this.columns.length) this.grow();
    if (this.count > 0 && this.columns[this.count - 1] >= column) this.inOrder = false;
    this.columns[this.count] = column;
    this.values[this.count++] = value;
  }

  /** Puts the entries in the order of their columns; returns a column that occurs twice, or -1. */
  sort(): number {
    if (this.inOrder) return -1;
    const { count } = this;
    const order = Array.from({ length: count }, (_, k) => k).sort((a, b) => this.columns[a] - this.columns[b]);
    const columns = Uint32Array.from(order, (k) => this.columns[k]);
    const values = Float64Array.from(order, (k) => this.values[k]);
    this.columns.set(columns);
    this.values.set(values);
    for (let k = 1; k < count; k++) if (columns[k] === columns[k - 1]) return columns[k];
    return -1;
  }

  private grow(): void {
    const columns = new Uint32Array(this.columns.length * 2);
    columns.set(this.columns);
    this.columns = columns;
    const values = new Float64Array(this.values.length * 2);
    values.set(this.values);
    this.values = values;
  }
}
