import { isUtf8 } from 'node:buffer';
import type { Fault } from '../../errors.js';

/** Where the first invalid UTF-8 of `bytes` (whole lines, the first of them `line`) is, or undefined if all is valid. */
export function utf8Fault(bytes: Uint8Array, file: string, line: number): Fault | undefined {
  if (isUtf8(bytes)) return undefined;
  for (let from = 0, at = line; from < bytes.length; at++) {
    const feed = bytes.indexOf(10, from);
    const end = feed < 0 ? bytes.length : feed + 1;
    const text = bytes.subarray(from, end);
    if (!isUtf8(text))
      return { file, line: at, found: `bytes that are not UTF-8 (${describeInvalid(text)})`, expected: 'UTF-8 text' };
    from = end;
  }
  return { file, line, found: 'bytes that are not UTF-8', expected: 'UTF-8 text' };
}

/** The first invalid byte and the text before it. */
function describeInvalid(line: Uint8Array): string {
  const at = firstInvalid(line);
  const before = Buffer.from(line.subarray(0, at)).toString('utf8');
  return `after "${Array.from(before).slice(-20).join('')}": 0x${line[at].toString(16).padStart(2, '0')}`;
}

function firstInvalid(bytes: Uint8Array): number {
  let p = 0;
  while (p < bytes.length) {
    const lead = bytes[p];
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (!isUtf8(bytes.subarray(p, p + length))) return p;
    p += length;
  }
  return p - 1;
}
