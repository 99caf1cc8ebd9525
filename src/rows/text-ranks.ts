import { radixSort, rowNumbers } from './radix-sort.js';
import { checkSize, type RowTexts } from './row-texts.js';

/** Ranges below this are sorted by insertion. */
const smallRange = 16;

/**
 * For each row, how many texts come before its own in the order of code points (that of the bytes of UTF-8), so that
 * equal texts have equal ranks. Most significant digits first, four bytes at a time, each level by radix: about
 * O(bytes): see bench/row-queries.mjs.
 */
export function textRanks(texts: Pick<RowTexts, 'length' | 'bytes' | 'offsets'>): Uint32Array {
  checkSize(texts);
  const sorted = new TextSort(texts);
  sorted.sort();
  const { order, repeats } = sorted;
  const ranks = new Uint32Array(order.length);
  for (let i = 1; i < order.length; i++) ranks[order[i]] = repeats[i] === 1 ? ranks[order[i - 1]] : i;
  return ranks;
}

class TextSort {
  readonly order: Uint32Array;
  /** By position in the order: 1 where the text equals the one before. */
  readonly repeats: Uint8Array;
  private readonly keys: Uint32Array;
  /** Ranges that agree in their first `depth` bytes and are to be sorted by what follows: start, end, depth. */
  private readonly pending: number[] = [];

  constructor(private readonly texts: Pick<RowTexts, 'length' | 'bytes' | 'offsets'>) {
    this.order = rowNumbers(texts.length);
    this.repeats = new Uint8Array(texts.length);
    this.keys = new Uint32Array(texts.length);
  }

  sort(): void {
    this.pending.push(0, this.order.length, 0);
    while (this.pending.length > 0) {
      const depth = this.pending.pop() as number;
      const end = this.pending.pop() as number;
      const start = this.pending.pop() as number;
      if (end - start <= smallRange) this.insertionSort(start, end, depth);
      else this.sortByWord(start, end, depth);
    }
  }

  private insertionSort(start: number, end: number, depth: number): void {
    const { order, repeats, texts } = this;
    for (let i = start + 1; i < end; i++) {
      const row = order[i];
      let j = i;
      for (; j > start && compare(texts, order[j - 1], row, depth) > 0; j--) order[j] = order[j - 1];
      order[j] = row;
    }
    for (let i = start + 1; i < end; i++) {
      repeats[i] = compare(texts, order[i - 1], order[i], depth) === 0 ? 1 : 0;
    }
  }

  private sortByWord(start: number, end: number, depth: number): void {
    const { order, keys, texts } = this;
    let differ = 0;
    for (let i = start; i < end; i++) {
      keys[i] = wordAt(texts, order[i], depth);
      differ |= keys[i] ^ keys[start];
    }
    if (differ !== 0) radixSort(keys.subarray(start, end), order.subarray(start, end));
    for (let from = start; from < end; ) {
      let to = from + 1;
      while (to < end && keys[to] === keys[from]) to++;
      if (to - from > 1) this.refine(from, to, depth);
      from = to;
    }
  }

  /** Orders rows whose next four bytes agree: first the texts that end in them, the shorter the earlier. */
  private refine(start: number, end: number, depth: number): void {
    const { order, repeats, texts } = this;
    const rows = order.slice(start, end);
    let at = start;
    for (let left = 0; left <= 4; left++) {
      const first = at;
      for (let i = 0; i < rows.length; i++) {
        if (bytesLeft(texts, rows[i], depth) !== left) continue;
        repeats[at] = at > first ? 1 : 0;
        order[at++] = rows[i];
      }
    }
    if (end - at <= 1) return;
    // Padded with zeros, a text that ended may look like one that goes on with them; those that go on are longer.
    for (let i = 0, to = at; i < rows.length; i++) {
      if (bytesLeft(texts, rows[i], depth) === 5) order[to++] = rows[i];
    }
    this.pending.push(at, end, depth + 4);
  }
}

/** How many bytes a text has from `depth` on; 5 for more than four. */
function bytesLeft({ offsets }: Pick<RowTexts, 'offsets'>, row: number, depth: number): number {
  const left = offsets[row + 1] - offsets[row] - depth;
  return left <= 0 ? 0 : left > 4 ? 5 : left;
}

/** Four bytes from `depth` on as a number that orders like them; zeros after the end. */
function wordAt({ bytes, offsets }: Pick<RowTexts, 'bytes' | 'offsets'>, row: number, depth: number): number {
  const at = (offsets[row] + depth) >>> 0;
  const end = offsets[row + 1] >>> 0;
  if (at + 4 <= end) return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
  let word = 0;
  for (let k = 0; k < 4; k++) word = (word << 8) | (at + k < end ? bytes[at + k] : 0);
  return word >>> 0;
}

/** Negative, 0 or positive as text a comes before b, equals it, or comes after; their first `depth` bytes agree. */
function compare({ bytes, offsets }: Pick<RowTexts, 'bytes' | 'offsets'>, a: number, b: number, depth: number): number {
  const startA = offsets[a] >>> 0;
  const startB = offsets[b] >>> 0;
  const lengthA = (offsets[a + 1] >>> 0) - startA;
  const lengthB = (offsets[b + 1] >>> 0) - startB;
  const shared = Math.min(lengthA, lengthB);
  for (let k = depth; k < shared; k++) {
    const difference = bytes[startA + k] - bytes[startB + k];
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}
