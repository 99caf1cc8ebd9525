import { isUtf8 } from 'node:buffer';
import { printable, UserError } from '../errors.js';
import { openRegularFile } from '../io/files/regular-file.js';

/**
 * The first `limit` bytes of a file as text: UTF-8, or Latin-1 where it is no UTF-8 (`cut` where there is more). Throws
 * UserError where it cannot be read.
 */
export async function readTextFile(path: string, limit: number): Promise<{ text: string; cut: boolean }> {
  try {
    const handle = await openRegularFile(path);
    try {
      const bytes = Buffer.alloc(limit + 4);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      const cut = filled > limit;
      const kept = bytes.subarray(0, cut ? wholeCharacters(bytes, limit) : filled);
      return { text: kept.toString(isUtf8(kept) ? 'utf8' : 'latin1'), cut };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UserError(`${printable(path)} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The end of the last character of UTF-8 that ends at or before `end`. */
function wholeCharacters(bytes: Uint8Array, end: number): number {
  for (let at = end; at > end - 4 && at > 0; at--) if ((bytes[at] & 0xc0) !== 0x80) return at;
  return end;
}
