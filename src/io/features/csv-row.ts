const quote = 34;
const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;

/** One row of a CSV file taken apart with care, quotes and all. */
export interface CsvRow {
  /** Decoded, without the quotes; not trimmed. */
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  /** Lines that the row takes: more than one where quotes hold line feeds. */
  readonly lines: number;
}

/** The row that begins at `start`; undefined if a quote is open at `end` (`bytes[end - 1]` is a line feed). */
export function splitCsvRow(bytes: Uint8Array, start: number, end: number): CsvRow | undefined {
  const cells: string[] = [];
  let lines = 1;
  let p = start;
  for (;;) {
    const after = cellEnd(bytes, p, end);
    if (after < 0) return undefined;
    const lastInRow = bytes[after] === lineFeed;
    const textEnd = lastInRow && bytes[after - 1] === carriageReturn && after > p ? after - 1 : after;
    const text = decode(bytes, p, textEnd);
    const cell = unquote(text);
    for (const character of cell) if (character === '\n') lines++;
    cells.push(cell);
    p = after + 1;
    if (lastInRow) return { cells, next: p, lines };
  }
}

/** The position of the comma or line feed that ends the cell at `start`; -1 if a quote is open at `end`. */
export function cellEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (bytes[p] === 32 || bytes[p] === 9) p++;
  if (bytes[p] === quote) {
    // A doubled quote closes and opens again, which comes to the same.
    for (let open = true; open || (bytes[p] !== comma && bytes[p] !== lineFeed); ) {
      if (++p >= end) return -1;
      if (bytes[p] === quote) open = !open;
    }
    return p;
  }
  while (bytes[p] !== comma && bytes[p] !== lineFeed) p++;
  return p;
}

/** The text of a cell without the quotes around it; other cells as they are. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length < 2 || !trimmed.startsWith('"') || !trimmed.endsWith('"')) return text;
  return trimmed.slice(1, -1).replaceAll('""', '"');
}

/** UTF-8 to text; invalid bytes become U+FFFD (validity is checked elsewhere). */
export function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
