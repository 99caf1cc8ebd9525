/** Rows of non-zero cells in the order in which they come, growing; a missing cell is an entry of NaN. */
export class SparseRows {
  /** First entry and number of entries of each row. */
  readonly start: Float64Array;
  readonly count: Uint32Array;
  columns: Uint32Array;
  values: Float64Array;
  entries = 0;
  missing = false;
  /** Every row so far came after the one above it: entries are in the order of the matrix. */
  inOrder = true;
  private nextRow = 0;

  /** For `rows` rows, with room for `expected` entries before it grows. */
  constructor(rows: number, expected = 0) {
    this.columns = new Uint32Array(expected);
    this.values = new Float64Array(expected);
    this.start = new Float64Array(rows);
    this.count = new Uint32Array(rows);
  }

  /** Stores row `row` from its `width` cells. */
  addCells(row: number, cells: Float64Array, width: number): void {
    this.reserve(width);
    const { columns, values } = this;
    const from = this.entries;
    let k = from;
    for (let j = 0; j < width; j++) {
      const value = cells[j];
      // NaN is unequal to 0 too.
      if (value !== 0) {
        columns[k] = j;
        values[k++] = value;
        if (value !== value) this.missing = true;
      }
    }
    this.entries = k;
    this.note(row, from);
  }

  /** Stores row `row` from `count` entries with increasing `columns`; zeros among them are left out. */
  addEntries(row: number, columns: Uint32Array, values: Float64Array, count: number): void {
    this.reserve(count);
    const from = this.entries;
    for (let i = 0; i < count; i++) {
      if (values[i] === 0) continue;
      if (Number.isNaN(values[i])) this.missing = true;
      this.columns[this.entries] = columns[i];
      this.values[this.entries++] = values[i];
    }
    this.note(row, from);
  }

  private note(row: number, from: number): void {
    this.start[row] = from;
    this.count[row] = this.entries - from;
    if (row < this.nextRow) this.inOrder = false;
    this.nextRow = row + 1;
  }

  /** Gives the memory back once the rows are elsewhere. */
  clear(): void {
    this.columns = new Uint32Array(0);
    this.values = new Float64Array(0);
    this.entries = 0;
  }

  private reserve(more: number): void {
    if (this.entries + more <= this.values.length) return;
    const capacity = Math.max(this.entries + more, 4096, Math.ceil(this.values.length * 1.5));
    const columns = new Uint32Array(capacity);
    columns.set(this.columns.subarray(0, this.entries));
    this.columns = columns;
    const values = new Float64Array(capacity);
    values.set(this.values.subarray(0, this.entries));
    this.values = values;
  }
}
