import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureMatrix, SparseMatrix } from '../../ml/matrix/feature-matrix.js';
import { makeFolder } from '../files/make-folder.js';
import { cellsOffset, type EntryHead, footerBytes, magic, preambleBytes, startBytes } from './cache-entry.js';
import { Checksum, checksum } from './checksum.js';

const pieceBytes = 1 << 20;

type Write = (bytes: Uint8Array) => Promise<void>;

/**
 * Writes an entry beside its place and renames it: a reader sees the whole of it or nothing, and of two writers the
 * later one wins with the same content.
 */
export async function writeEntry(folder: string, name: string, head: EntryHead, X: FeatureMatrix): Promise<void> {
  await makeFolder(folder);
  const temporary = join(folder, `.${name}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      const write: Write = async (bytes) => {
        for (let from = 0; from < bytes.length; from += pieceBytes) {
          await handle.writeFile(bytes.subarray(from, from + pieceBytes));
        }
      };
      await writeHead(head, write);
      const sum = new Checksum();
      const writeCells: Write = (bytes) => {
        sum.update(bytes);
        return write(bytes);
      };
      if (X.kind === 'dense')
        await writeCells(new Uint8Array(X.values.buffer, X.values.byteOffset, X.values.byteLength));
      else await writeSparse(X, writeCells);
      const footer = Buffer.alloc(footerBytes);
      footer.writeUInt32LE(sum.digest());
      await write(footer);
      // Else a power cut could leave the name with cells that were never written.
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeHead(head: EntryHead, write: Write): Promise<void> {
  const text = Buffer.from(JSON.stringify(head));
  const bytes = Buffer.alloc(cellsOffset(text.length));
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(text.length, magic.length);
  text.copy(bytes, preambleBytes);
  // A copy of its own begins where words begin.
  bytes.writeUInt32LE(checksum(Uint8Array.from(bytes.subarray(preambleBytes))), magic.length + 4);
  await write(bytes);
}

async function writeSparse(X: SparseMatrix, write: Write): Promise<void> {
  const starts = new Uint8Array(startBytes(X.rows));
  starts.set(new Uint8Array(X.rowStart.buffer, X.rowStart.byteOffset, X.rowStart.byteLength));
  await write(starts);
  const columns = new Uint8Array(X.columnIndex.buffer, X.columnIndex.byteOffset, X.columnIndex.byteLength);
  const values = new Uint8Array(X.values.buffer, X.values.byteOffset, X.values.byteLength);
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for (let i = 0; i < X.rows; i++) {
    const from = X.rowStart[i];
    const to = X.rowStart[i + 1];
    const rowBytes = (to - from) * 12;
    if (filled + rowBytes > piece.length) {
      await write(piece.subarray(0, filled));
      filled = 0;
      if (rowBytes > piece.length) piece = new Uint8Array(rowBytes);
    }
    piece.set(columns.subarray(from * 4, to * 4), filled);
    piece.set(values.subarray(from * 8, to * 8), filled + (to - from) * 4);
    filled += rowBytes;
  }
  await write(piece.subarray(0, filled));
}
