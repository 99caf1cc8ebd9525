/** The instance_ids of a dataset in the order of idents.csv: the rows to which every other file is joined. */
export class InstanceIds {
  private map: Map<string, number> | undefined;
  private encoded: { bytes: Uint8Array; offsets: Uint32Array } | undefined;

  constructor(readonly list: readonly string[]) {}

  get count(): number {
    return this.list.length;
  }

  /** The row of an id, -1 if it is unknown. `expected` is where it probably is: files mostly keep the order. */
  rowOf(id: string, expected: number): number {
    if (this.list[expected] === id) return expected;
    return this.rows.get(id) ?? -1;
  }

  /** Rows by id; made when first needed. Of equal ids the first counts. */
  get rows(): ReadonlyMap<string, number> {
    if (!this.map) {
      this.map = new Map();
      for (let row = this.list.length - 1; row >= 0; row--) this.map.set(this.list[row], row);
    }
    return this.map;
  }

  /** The ids one after the other in UTF-8: id i is `bytes[offsets[i] … offsets[i + 1])`. */
  get utf8(): { readonly bytes: Uint8Array; readonly offsets: Uint32Array } {
    this.encoded ??= encode(this.list);
    return this.encoded;
  }

  /** The first row whose id occurred before, with that row, for each id that occurs again. */
  *repeated(): Generator<{ row: number; first: number }> {
    if (areRisingIntegers(this.list)) return;
    const { rows } = this;
    for (let row = 0; row < this.list.length; row++) {
      const first = rows.get(this.list[row]) ?? row;
      if (first !== row) yield { row, first };
    }
  }
}

/** 0, 1, 2 …: the usual ids. They need no table to be known as distinct. */
function areRisingIntegers(ids: readonly string[]): boolean {
  let previous = -1;
  for (const id of ids) {
    const value = wholeNumber(id);
    if (value <= previous) return false;
    previous = value;
  }
  return true;
}

/** The number that up to fifteen decimal digits without a leading zero spell; -1 for any other text. */
function wholeNumber(text: string): number {
  if (text.length === 0 || text.length > 15 || (text.length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function encode(ids: readonly string[]): { bytes: Uint8Array; offsets: Uint32Array } {
  const text = ids.join('');
  const bytes = Buffer.from(text, 'utf8');
  // As many bytes as UTF-16 units: ASCII throughout.
  const ascii = bytes.length === text.length;
  const offsets = new Uint32Array(ids.length + 1);
  for (let i = 0; i < ids.length; i++)
    offsets[i + 1] = offsets[i] + (ascii ? ids[i].length : Buffer.byteLength(ids[i]));
  return { bytes, offsets };
}
