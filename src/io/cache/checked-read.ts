import type { FileHandle } from 'node:fs/promises';
import { DamagedEntry } from './cache-entry.js';
import type { Checksum } from './checksum.js';

const pieceBytes = 1 << 22;

/** Fills `into` from `position` on; throws DamagedEntry if the file ends before. */
export async function readExactly(handle: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let filled = 0; filled < into.length; ) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) throw new DamagedEntry('it became shorter while it was read');
    filled += bytesRead;
  }
}

/**
 * Fills `into` and adds its bytes to the checksum. While one piece is summed up here, the next is read on another thread,
 * so that the sum takes little of the time.
 */
export async function readSummed(handle: FileHandle, into: Uint8Array, position: number, sum: Checksum): Promise<void> {
  const readPiece = (from: number): Promise<void> =>
    readExactly(handle, into.subarray(from, from + pieceBytes), position + from);
  let reading = readPiece(0);
  for (let from = 0; from < into.length; from += pieceBytes) {
    await reading;
    const next = from + pieceBytes;
    if (next < into.length) reading = readPiece(next);
    sum.update(into.subarray(from, next));
  }
}
