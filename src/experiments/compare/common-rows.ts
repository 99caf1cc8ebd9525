/** Rows of two tables that are about the same instances: row `first[k]` of the one, `second[k]` of the other. */
export interface CommonRows {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/**
 * Joins two lists of distinct ids, in the order of the first: by place as long as both have the same order, then by a
 * table of hashes. O(n + m).
 */
export function commonRows(first: readonly string[], second: readonly string[]): CommonRows {
  const inFirst = new Uint32Array(Math.min(first.length, second.length));
  const inSecond = new Uint32Array(inFirst.length);
  let count = 0;
  let table: IdTable | undefined;
  for (let row = 0, expected = 0; row < first.length; row++) {
    const id = first[row];
    let found = expected < second.length && second[expected] === id ? expected : -1;
    if (found < 0) {
      table ??= new IdTable(second);
      found = table.rowOf(id);
    }
    if (found < 0) continue;
    inFirst[count] = row;
    inSecond[count++] = found;
    expected = found + 1;
  }
  return { first: inFirst.slice(0, count), second: inSecond.slice(0, count) };
}

/** Rows by id: open addressing over typed arrays, which has room for any number of ids. */
class IdTable {
  private readonly slots: Int32Array;

  constructor(private readonly ids: readonly string[]) {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, ids.length * 2)))).fill(-1);
    for (let row = 0; row < ids.length; row++) this.slots[this.slotOf(ids[row])] = row;
  }

  rowOf(id: string): number {
    return this.slots[this.slotOf(id)];
  }

  /** The slot that holds the id, or the free one where it belongs. */
  private slotOf(id: string): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(id) & mask;
    while (this.slots[slot] >= 0 && this.ids[this.slots[slot]] !== id) slot = (slot + 1) & mask;
    return slot;
  }
}

/** FNV-1a over UTF-16 units, mixed once more: the low bits of it alone would collide for ids that count. */
function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
