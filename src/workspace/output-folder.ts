import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { printable, UserError } from '../errors.js';
import { makeFolder } from '../io/files/make-folder.js';

/** Makes the output folder where it is not there; throws UserError if it cannot be made or written. */
export async function ensureOutputFolder(outputDir: string): Promise<void> {
  await makeFolder(outputDir);
  try {
    await access(outputDir, constants.W_OK);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new UserError(
      `${printable(outputDir)} cannot be written: ${code === 'EACCES' ? 'permission denied' : message}`,
      {
        hint: 'name another folder with --output-dir',
        cause,
      },
    );
  }
}
