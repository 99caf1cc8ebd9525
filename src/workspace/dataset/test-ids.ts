import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { readInstanceIds } from '../../io/id-list-file.js';

/**
 * The instance_id of the test rows that --test-ids FILE names: a path as it is typed, or a file in the dataset's
 * folder. Throws UserError where there is none.
 */
export async function readTestIds(file: string, datasetFolder: string): Promise<ReadonlySet<string>> {
  const candidates = [file, join(datasetFolder, file)];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    throw new UserError(`--test-ids ${printable(file)}: there is no such file`, {
      hint: `looked for: ${candidates.map((path) => printable(path)).join(', ')}`,
    });
  }
  return readInstanceIds(found);
}
