import { mkdir, readlink, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable, UserError } from '../../errors.js';

/**
 * Makes a folder and those above it, if they are not there. Not by mkdir's own `recursive`, which never ends where a file
 * system such as /proc denies that the folder above exists. Throws UserError saying which folder is in the way.
 */
export async function makeFolder(path: string): Promise<void> {
  const fault = await tryToMake(path);
  if (fault === undefined) return;
  if (fault.code !== 'ENOENT') throw await refusal(path, fault);
  const parent = dirname(path);
  if (parent !== path && !(await isFolder(parent))) await makeFolder(parent);
  // The folder above is there now: ours, or that of another process at the same time.
  const second = await tryToMake(path);
  if (second) throw await refusal(path, second);
}

/** Undefined once the folder is there. */
async function tryToMake(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
    return undefined;
  } catch (error) {
    return (await isFolder(path)) ? undefined : (error as NodeJS.ErrnoException);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function refusal(path: string, cause: NodeJS.ErrnoException): Promise<UserError> {
  const hint = 'name another folder with --output-dir';
  const target = await readlink(path).catch(() => undefined);
  const why =
    target !== undefined
      ? `it is a symbolic link to ${printable(target)}, which is no folder`
      : (reasons[cause.code ?? ''] ?? cause.message);
  return new UserError(`the folder ${printable(path)} cannot be made: ${why}`, { hint, cause });
}

const reasons: Record<string, string> = {
  ENOENT: 'no folders can be made there',
  EEXIST: 'a file of that name is there',
  ENOTDIR: 'what is above it is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'symbolic links lead in a circle',
};
