/**
 * Values that occur in one column; each has an id, consecutive in the order of first occurrence. The arrays are the
 * finder's own and last until its next column.
 */
export interface DistinctValues {
  /** The distinct values in ascending order. */
  readonly sorted: Float64Array;
  /** Rank in `sorted` of each id. */
  readonly rank: Uint32Array;
  /** Of the same length, for the caller's use. */
  readonly spare: Uint32Array;
}

/**
 * Finds the distinct numbers of a column by open addressing (0 and -0 are one). The tables are kept from column to
 * column, so one finder serves a whole matrix. Expected O(n + u log u) for u distinct values.
 */
export class DistinctFinder {
  private slots = new Int32Array(1024).fill(-1);
  private values = new Float64Array(512);
  private bits = new Uint32Array(this.values.buffer);
  private count = 0;
  private sorted = new Float64Array(512);
  private rank = new Uint32Array(512);
  private spare = new Uint32Array(512);

  /** Writes the id of `column[i]` to `ids[i]` for i < n; values must not be NaN. */
  find(column: Float64Array, n: number, ids: Uint32Array): DistinctValues {
    this.slots.fill(-1);
    this.count = 0;
    let last = Number.NaN;
    let lastId = 0;
    for (let i = 0; i < n; i++) {
      const value = column[i];
      // Runs of one value are the rule in one-hot and count columns.
      if (value !== last) {
        last = value;
        lastId = this.idOf(value + 0);
      }
      ids[i] = lastId;
    }
    const sorted = this.sorted.subarray(0, this.count);
    sorted.set(this.values.subarray(0, this.count));
    sorted.sort();
    const rank = this.rank.subarray(0, this.count);
    for (let r = 0; r < sorted.length; r++) rank[this.idOf(sorted[r])] = r;
    return { sorted, rank, spare: this.spare.subarray(0, this.count) };
  }

  /** The id of a value, a new one where it has none yet. */
  private idOf(value: number): number {
    const { slots, values, bits, count } = this;
    if (count === values.length) {
      this.grow();
      return this.idOf(value);
    }
    // Put where it would live, so that its bits can be hashed; it only counts once `count` is raised.
    values[count] = value;
    const mask = slots.length - 1;
    let slot = hashBits(bits[2 * count], bits[2 * count + 1]) & mask;
    while (slots[slot] >= 0) {
      if (values[slots[slot]] === value) return slots[slot];
      slot = (slot + 1) & mask;
    }
    slots[slot] = count;
    this.count++;
    return count;
  }

  private grow(): void {
    const values = new Float64Array(this.values.length * 2);
    values.set(this.values);
    this.values = values;
    this.bits = new Uint32Array(values.buffer);
    this.sorted = new Float64Array(values.length);
    this.rank = new Uint32Array(values.length);
    this.spare = new Uint32Array(values.length);
    this.slots = new Int32Array(values.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = hashBits(this.bits[2 * id], this.bits[2 * id + 1]) & mask;
      while (this.slots[slot] >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = id;
    }
  }
}

function hashBits(low: number, high: number): number {
  const h = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
  return h ^ (h >>> 15) ^ (h >>> 7);
}
