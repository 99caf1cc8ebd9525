/** Texts of n rows, also as UTF-8, one text after the other: row i is the bytes from offsets[i] to offsets[i + 1]. */
export interface RowTexts {
  readonly length: number;
  at(row: number): string;
  readonly bytes: Uint8Array;
  /** Length n + 1. */
  readonly offsets: Float64Array;
}

/** Throws RangeError for texts of 4 GiB and more: places in them are counted in 32 bits. */
export function checkSize({ bytes }: Pick<RowTexts, 'bytes'>): void {
  if (bytes.length >= 2 ** 32) throw new RangeError(`texts of ${bytes.length} bytes are too much for one column`);
}

/** The texts of a list of strings; unpaired surrogates count as U+FFFD. O(characters). */
export function textsOf(strings: readonly string[]): RowTexts {
  const encoder = new TextEncoder();
  let room = 0;
  // A unit of UTF-16 needs at most three bytes of UTF-8; most texts need one for each.
  for (const text of strings) room += text.length;
  let bytes = new Uint8Array(room);
  const offsets = new Float64Array(strings.length + 1);
  let end = 0;
  for (let row = 0; row < strings.length; row++) {
    const text = strings[row];
    room -= text.length;
    if (!writeAscii(text, bytes, end)) {
      const encoded = encoder.encode(text);
      if (end + encoded.length + room > bytes.length) bytes = grown(bytes, end + 2 * encoded.length + room);
      bytes.set(encoded, end);
      end += encoded.length;
    } else {
      end += text.length;
    }
    offsets[row + 1] = end;
  }
  return { length: strings.length, at: (row) => strings[row], bytes: bytes.subarray(0, end), offsets };
}

/** Writes a text of ASCII alone; false, and nothing of worth written, for any other. */
function writeAscii(text: string, bytes: Uint8Array, at: number): boolean {
  let bits = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    bits |= unit;
    bytes[at + k] = unit;
  }
  return bits < 0x80;
}

/** The bytes at the front of an array of at least `least` bytes, and a quarter more than there were. */
export function grown(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, Math.ceil(1.25 * bytes.length)));
  larger.set(bytes);
  return larger;
}
