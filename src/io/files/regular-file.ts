import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** More bytes than this are no text that a string could hold. */
const largestText = 2 ** 29 - 25;

/** Does not wait for somebody who writes into a pipe; regular files do not know the flag. */
export const readWithoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for reading. A folder that somebody sent may hold anything: a named pipe, which would be waited for
 * without end (and with it a thread of the system that all other files need), or a link to a device that never ends.
 * Throws an Error with a code where it is no regular file or cannot be opened.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const handle = await open(path, readWithoutWaiting);
  try {
    if ((await handle.stat()).isFile()) return handle;
    throw failure('EINVAL', 'it is a pipe, a device or a folder, not a file');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The whole of a regular file that is to become text; throws an Error with a code, also above 512 MiB. */
export async function readRegularFile(path: string): Promise<Buffer> {
  const handle = await openRegularFile(path);
  try {
    const { size } = await handle.stat();
    if (size > largestText) throw failure('EFBIG', `it has ${size} bytes, which is more than any such file`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function failure(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
