import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { printable, UserError } from '../errors.js';

/**
 * Writes a file the user named, piece by piece: beside its place first, so that a fault leaves what was there before.
 * Returns its size in bytes. Throws UserError where it cannot be written.
 */
export async function writeOutputFile(path: string, pieces: Iterable<string | Uint8Array>): Promise<number> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  let bytes = 0;
  try {
    // In a folder that others write to, somebody may have put a link there.
    const handle = await open(beside, 'wx');
    try {
      for (const piece of pieces) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
        await handle.writeFile(chunk);
        bytes += chunk.byteLength;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
    return bytes;
  } catch (error) {
    await rm(beside, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UserError(`${printable(path)} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
