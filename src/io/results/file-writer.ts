import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** Size and hash of a file as it was written. */
export interface WrittenFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a file from front to back, hashed on the way, and on the disk (fsync) when closed. */
export class FileWriter {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** Makes a new file; one of that name must not exist. */
  static async create(path: string): Promise<FileWriter> {
    return new FileWriter(await open(path, 'wx'));
  }

  async write(data: Uint8Array | string): Promise<void> {
    const chunk = typeof data === 'string' ? Buffer.from(data) : data;
    this.hash.update(chunk);
    this.bytes += chunk.byteLength;
    await this.handle.writeFile(chunk);
  }

  async close(): Promise<WrittenFile> {
    try {
      await this.handle.sync();
    } finally {
      await this.handle.close();
    }
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  /** Closes after a fault; the file is incomplete. */
  async abandon(): Promise<void> {
    await this.handle.close();
  }
}

/** Writes a whole file and hashes it. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<WrittenFile> {
  return writeFileBy(path, (writer) => writer.write(content));
}

/** Writes a file by what `fill` writes into it. */
export async function writeFileBy(path: string, fill: (writer: FileWriter) => Promise<void>): Promise<WrittenFile> {
  const writer = await FileWriter.create(path);
  try {
    await fill(writer);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return writer.close();
}

/** Makes the names in a folder last through a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems (and Windows) do not sync folders; there is nothing better to do there.
    if (!['EISDIR', 'EINVAL', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}
