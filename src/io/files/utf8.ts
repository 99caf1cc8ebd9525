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

/** The text around the first invalid byte, decoded as far as it goes. */
function describeInvalid(line: Uint8Array): string {
  let valid = 0;
  let invalid = line.length;
  // A prefix may end inside a character; such a cut shows at most three bytes too early.
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(line.subarray(0, middle)) || isUtf8Cut(line.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  const before = Buffer.from(line.subarray(Math.max(0, valid - 20), valid)).toString('utf8');
  return `after "${before}": 0x${line[valid].toString(16).padStart(2, '0')}`;
}

function isUtf8Cut(bytes: Uint8Array): boolean {
  for (let cut = 1; cut <= 3 && cut <= bytes.length; cut++)
    if (isUtf8(bytes.subarray(0, bytes.length - cut)) && bytes[bytes.length - cut] >= 0xc0) return true;
  return false;
}
