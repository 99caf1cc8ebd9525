import { checkSize, grown, type RowTexts } from './row-texts.js';

/**
 * Finds the texts that contain a word, in any case of letters. The texts are put into lower case once, at the first
 * search; a search is then a pass over their bytes (Horspool 1980). Measured on 1,000,000 idents of 40 bytes: see
 * bench/row-queries.mjs.
 */
export class TextSearch {
  private folded: Pick<RowTexts, 'bytes' | 'offsets'> | undefined;

  constructor(private readonly texts: RowTexts) {
    checkSize(texts);
  }

  /** Sets marks[row] to 1 for every text that contains `word`; all of them contain the empty word. */
  mark(word: string, marks: Uint8Array): void {
    const needle = new TextEncoder().encode(foldCase(word));
    if (needle.length === 0) {
      marks.fill(1);
      return;
    }
    this.folded ??= foldTexts(this.texts);
    markMatches(this.folded, needle, marks);
  }
}

/** Lower case; the final sigma is a sigma, or a word's beginning would not be found in the whole. */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/** All texts in lower case. Those of ASCII alone, mostly all, are folded byte by byte. */
function foldTexts({ length, bytes, offsets, at }: RowTexts): Pick<RowTexts, 'bytes' | 'offsets'> {
  const encoder = new TextEncoder();
  let folded = new Uint8Array(bytes.length);
  const foldedOffsets = new Float64Array(length + 1);
  let end = 0;
  for (let row = 0; row < length; row++) {
    const from = offsets[row] >>> 0;
    const to = offsets[row + 1] >>> 0;
    if (end + bytes.length - from > folded.length) folded = grown(folded, end + bytes.length - from);
    if (foldAscii(bytes, from, to, folded, end)) {
      end += to - from;
    } else {
      const other = encoder.encode(foldCase(at(row)));
      if (end + other.length > folded.length) folded = grown(folded, end + other.length);
      folded.set(other, end);
      end += other.length;
    }
    foldedOffsets[row + 1] = end;
  }
  return { bytes: folded.subarray(0, end), offsets: foldedOffsets };
}

/** Lower case of each byte of ASCII. */
const lower = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/** Folds a text of ASCII alone; false, and nothing of worth written, for any other. */
function foldAscii(bytes: Uint8Array, from: number, to: number, out: Uint8Array, start: number): boolean {
  let bits = 0;
  for (let at = from, k = start; at < to; at++, k++) {
    const byte = bytes[at];
    bits |= byte;
    out[k] = lower[byte];
  }
  return bits < 0x80;
}

/** Searches all texts as one; a match that reaches into the next text is none. */
function markMatches(
  { bytes, offsets }: Pick<RowTexts, 'bytes' | 'offsets'>,
  needle: Uint8Array,
  marks: Uint8Array,
): void {
  const m = needle.length;
  const skip = new Uint32Array(256).fill(m);
  for (let k = 0; k < m - 1; k++) skip[needle[k]] = m - 1 - k;
  const last = needle[m - 1];
  let row = 0;
  let end = offsets[1] >>> 0;
  for (let at = 0; at + m <= bytes.length; ) {
    const byte = bytes[at + m - 1];
    if (byte !== last || !equalsAt(bytes, at, needle)) {
      at += skip[byte];
      continue;
    }
    while (end <= at) end = offsets[++row + 1] >>> 0;
    if (at + m > end) {
      at++;
    } else {
      marks[row] = 1;
      // One match is enough: on to the next text.
      at = end;
    }
  }
}

function equalsAt(bytes: Uint8Array, at: number, needle: Uint8Array): boolean {
  for (let k = 0; k < needle.length; k++) if (bytes[at + k] !== needle[k]) return false;
  return true;
}
