import type { RowTexts } from './row-texts.js';

/** The rows whose text is `text`; their bytes are compared, few of them to the end. O(n). */
export function rowsOfText({ bytes, offsets, length }: RowTexts, text: string): Uint32Array {
  const wanted = new TextEncoder().encode(text);
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    const start = offsets[row];
    if (offsets[row + 1] - start !== wanted.length) continue;
    let same = 0;
    // From the end: ids differ there most.
    while (same < wanted.length && bytes[start + wanted.length - 1 - same] === wanted[wanted.length - 1 - same]) same++;
    if (same === wanted.length) rows.push(row);
  }
  return Uint32Array.from(rows);
}
