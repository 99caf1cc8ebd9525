import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError, printable, UserError } from '../../errors.js';
import { openRegularFile } from './regular-file.js';

/** The bytes of a file, decompressed where it is gzip, from front to back. */
export interface ByteSource {
  /** Fills `into` from `offset` on with up to `length` bytes; 0 at the end. Throws DataError for broken gzip. */
  read(into: Uint8Array, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

const pieceBytes = 1 << 18;

/** Opens a file; gzip is known by its first bytes, whatever the name. `shown` is the path for faults. */
export async function openByteSource(path: string, shown: string): Promise<ByteSource> {
  const handle = await openRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `${printable(shown)} cannot be read (${error.syscall === undefined ? error.message : error.code})`,
      { cause: error },
    );
  });
  try {
    const magic = new Uint8Array(2);
    const { bytesRead } = await handle.read(magic, 0, 2, 0);
    if (bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b) return gunzipSource(handle, shown);
    if (path.endsWith('.gz')) {
      throw new DataError([
        {
          file: shown,
          found: bytesRead === 0 ? 'an empty file' : 'no gzip data',
          expected: 'gzip data, as the name says',
        },
      ]);
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  let position = 0;
  return {
    async read(into, offset, length) {
      const { bytesRead } = await handle.read(into, offset, length, position);
      position += bytesRead;
      return bytesRead;
    },
    close: () => handle.close(),
  };
}

/** The bytes that a stream brings, such as standard input; gzip is known by its first bytes. */
export async function streamByteSource(stream: Readable, shown: string): Promise<ByteSource> {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first: Uint8Array[] = [];
  for (let bytes = 0; bytes < 2; bytes += first[first.length - 1].length) {
    const next = await pieces.next();
    if (next.done) break;
    first.push(next.value);
  }
  const beginning = Buffer.concat(first);
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (beginning.length > 0) yield beginning;
    for (;;) {
      const next = await pieces.next();
      if (next.done) return;
      yield next.value;
    }
  };
  const source = all();
  if (beginning[0] !== 0x1f || beginning[1] !== 0x8b) return sourceOf(source, shown, async () => void stream.destroy());
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  const packed = Readable.from(source, { objectMode: false });
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  return sourceOf(gunzip[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>, shown, async () => {
    packed.destroy();
    gunzip.destroy();
    stream.destroy();
  });
}

function gunzipSource(handle: FileHandle, shown: string): ByteSource {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  const file = handle.createReadStream({ start: 0, highWaterMark: pieceBytes });
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  return sourceOf(gunzip[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>, shown, async () => {
    file.destroy();
    gunzip.destroy();
    await handle.close().catch(() => undefined);
  });
}

function sourceOf(pieces: AsyncIterator<Uint8Array>, shown: string, close: () => Promise<void>): ByteSource {
  let piece: Uint8Array = new Uint8Array(0);
  return {
    async read(into, offset, length) {
      while (piece.length === 0) {
        const next = await pieces.next().catch((error: NodeJS.ErrnoException) => {
          throw gzipFault(error, shown);
        });
        if (next.done) return 0;
        piece = next.value;
      }
      const taken = piece.subarray(0, length);
      into.set(taken, offset);
      piece = piece.subarray(taken.length);
      return taken.length;
    },
    close,
  };
}

function gzipFault(error: NodeJS.ErrnoException, shown: string): Error {
  if (error.code === 'Z_BUF_ERROR') {
    return new DataError([
      { file: shown, found: 'gzip data that ends too early', expected: 'the whole file; copy it again' },
    ]);
  }
  if (error.code?.startsWith('Z_')) {
    return new DataError([
      { file: shown, found: `damaged gzip data (${error.message})`, expected: 'the whole file; copy it again' },
    ]);
  }
  return error;
}
