import { createHash } from 'node:crypto';
import { UserError } from '../../errors.js';
import { readRegularFile } from '../../io/files/regular-file.js';
import type { ResultDocument } from '../../schema/result-document.js';
import { artifactPath, parseJson, type ResultPlace } from './read-result.js';

/** The file of a result that holds its model. */
export const modelFile = 'model.json';

/** The model of a result as JSON, with its path and size; throws UserError where there is none or it was changed. */
export async function readModelFile(
  { id, directory }: ResultPlace,
  { artifacts }: ResultDocument,
): Promise<{ json: unknown; path: string; bytes: number }> {
  const reference = artifacts.find(({ name }) => name === modelFile);
  if (!reference) throw new UserError(`experiment ${id} kept no model`);
  const path = artifactPath(directory, reference.name);
  const bytes = await readRegularFile(path).catch((error: Error) => {
    throw new UserError(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== reference.sha256) {
    throw new UserError(`${path} is not the file that the result was saved with`);
  }
  return { json: parseJson(bytes.toString('utf8'), path), path, bytes: bytes.length };
}
