import { stat } from 'node:fs/promises';
import { UserError } from '../../errors.js';

interface ReadFile {
  readonly path: string;
  /** Path for messages. */
  readonly shown: string;
}

/** What tells a file from itself after a change: size, time, inode. */
export async function identities(files: readonly ReadFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ path }) => {
      const { size, mtimeNs, ino } = await stat(path, { bigint: true });
      return `${size} ${mtimeNs} ${ino}`;
    }),
  );
}

/** Throws UserError if a file is no longer what it was; `before` are its `identities`. */
export async function refuseChanged(files: readonly ReadFile[], before: readonly string[]): Promise<void> {
  const after = await identities(files);
  const changed = files.find((_, k) => before[k] !== after[k]);
  if (changed) throw new UserError(`${changed.shown} changed while it was read`, { hint: 'run the command again' });
}

/** The items read from files, which must stay as they are to the end. */
export async function* unchanged<T>(files: readonly ReadFile[], items: AsyncIterable<T>): AsyncGenerator<T> {
  const before = await identities(files);
  yield* items;
  await refuseChanged(files, before);
}
