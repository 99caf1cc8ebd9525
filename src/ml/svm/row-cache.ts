/** The most recently used rows of a kernel matrix, in a piece of memory: where each lies, and which is to go next. */
export class RowCache {
  /** Length m: the slot of a row, -1 where it is not kept. */
  private slotOf = new Int32Array(0);
  /** The row of a slot, -1 for a free one. */
  private rowOf = new Int32Array(0);
  /** Slots from the least recently used (after `slots`, the list's head) to the most. */
  private next = new Int32Array(0);
  private previous = new Int32Array(0);
  private stride = 0;
  private slots = 0;

  /** At least room for three rows of the longest kind: the two of a step must not drive each other out. */
  constructor(
    private readonly buffer: ArrayBuffer,
    private readonly address: number,
    private readonly bytes: number,
  ) {}

  /** Forgets everything; from now on there are m rows of `length` singles. */
  reset(m: number, length: number): void {
    this.stride = 4 * length;
    this.slots = Math.min(Math.max(m, 3), Math.floor(this.bytes / this.stride));
    this.slotOf = new Int32Array(m).fill(-1);
    this.rowOf = new Int32Array(this.slots).fill(-1);
    this.link(Array.from({ length: this.slots }, (_, slot) => slot));
  }

  private link(order: readonly number[]): void {
    this.next = new Int32Array(this.slots + 1);
    this.previous = new Int32Array(this.slots + 1);
    let last = this.slots;
    for (const slot of order) {
      this.next[last] = slot;
      this.previous[slot] = last;
      last = slot;
    }
    this.next[last] = this.slots;
    this.previous[this.slots] = last;
  }

  /** The address of row i; `write` fills it where it was not kept. */
  get(i: number, write: (target: number) => void): number {
    const { slotOf, rowOf, next, previous, slots } = this;
    const known = slotOf[i];
    const slot = known >= 0 ? known : next[slots];
    const target = this.address + slot * this.stride;
    if (known < 0) {
      if (rowOf[slot] >= 0) slotOf[rowOf[slot]] = -1;
      rowOf[slot] = i;
      slotOf[i] = slot;
      write(target);
    }
    next[previous[slot]] = next[slot];
    previous[next[slot]] = previous[slot];
    previous[slot] = previous[slots];
    next[slot] = slots;
    next[previous[slots]] = slot;
    previous[slots] = slot;
    return target;
  }

  /** Keeps of the rows and of their cells those at the positions `kept` (increasing); rows get `length` singles. */
  shrink(kept: Uint32Array, length: number): void {
    const recency: number[] = [];
    for (let slot = this.next[this.slots]; slot < this.slots; slot = this.next[slot]) recency.push(slot);
    const position = new Int32Array(this.slotOf.length).fill(-1);
    kept.forEach((old, p) => {
      position[old] = p;
    });
    const old = { stride: this.stride, rowOf: this.rowOf };
    this.reset(kept.length, length);
    const singles = new Float32Array(this.buffer);
    const moved = new Int32Array(old.rowOf.length).fill(-1);
    let used = 0;
    // Upwards, and never to a higher address: nothing is overwritten before it was moved.
    for (let slot = 0; slot < old.rowOf.length && used < this.slots; slot++) {
      const row = old.rowOf[slot] < 0 ? -1 : position[old.rowOf[slot]];
      if (row < 0) continue;
      const from = (this.address + slot * old.stride) / 4;
      const to = (this.address + used * this.stride) / 4;
      for (let p = 0; p < kept.length; p++) singles[to + p] = singles[from + kept[p]];
      this.rowOf[used] = row;
      this.slotOf[row] = used;
      moved[slot] = used++;
    }
    const free = Array.from({ length: this.slots - used }, (_, k) => used + k);
    this.link([...free, ...recency.map((slot) => moved[slot]).filter((slot) => slot >= 0)]);
  }
}
