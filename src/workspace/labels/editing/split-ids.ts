import { readInstanceIds } from '../../../io/id-list-file.js';

/** The instances that a file names, one a line or in the first column of a CSV; throws UserError. */
export async function readSplitIds(file: string): Promise<readonly string[]> {
  return [...(await readInstanceIds(file))];
}
