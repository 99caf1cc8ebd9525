import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { printable, UserError } from '../errors.js';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file the user named, piece by piece: beside its place first, so that a fault leaves what was there before.
 * What is no file (a device, a named pipe) is written into as it stands. Returns the bytes written. Throws UserError where
 * it cannot be written.
 */
export async function writeOutputFile(path: string, pieces: Pieces): Promise<number> {
  const there = await stat(path).catch(() => undefined);
  // Renaming a file over a device would put the file in its place.
  if (there && !there.isFile()) return blamed(path, () => writeInto(path, 'w', pieces));
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    return await blamed(path, async () => {
      // In a folder that others write to, somebody may have put a link there.
      const bytes = await writeInto(beside, 'wx', pieces);
      await rename(beside, path);
      return bytes;
    });
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeInto(path: string, flags: 'w' | 'wx', pieces: Pieces): Promise<number> {
  let bytes = 0;
  const handle = await open(path, flags);
  try {
    for await (const piece of pieces) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      await handle.writeFile(chunk);
      bytes += chunk.byteLength;
    }
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
}

async function blamed(path: string, write: () => Promise<number>): Promise<number> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof UserError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UserError(`${printable(path)} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
