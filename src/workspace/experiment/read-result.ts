import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { selectDocument } from '../../db/queries/documents.js';
import type { Store } from '../../db/store.js';
import { printable, UserError } from '../../errors.js';
import { readRegularFile } from '../../io/files/regular-file.js';
import { type FileReference, readResultDocument, type ResultDocument } from '../../schema/result-document.js';
import { documentFile } from './save-result.js';

/** Where a result is kept. */
export interface ResultPlace {
  readonly id: string;
  readonly directory: string;
}

/** The document of a result, from its folder, or from the database where the folder is not at hand. */
export async function readDocument(store: Store, place: ResultPlace): Promise<ResultDocument> {
  const path = join(place.directory, documentFile);
  return readResultDocument(parseJson(await readText(store, place, documentFile), path), path);
}

/** The data of a panel that has a file of its own, unchecked against its kind; a file that was changed is refused. */
export async function readPanelFile(store: Store, place: ResultPlace, reference: FileReference): Promise<unknown> {
  const path = join(place.directory, reference.name);
  const text = await readText(store, place, reference.name);
  const hash = createHash('sha256').update(text).digest('hex');
  if (hash !== reference.sha256) throw new UserError(`${path} is not the file that the result was saved with`);
  return parseJson(text, path);
}

/** Where a file lies that a document names; throws UserError for a name that leads out of the folder. */
export function artifactPath(directory: string, name: string): string {
  const parts = name.split(/[/\\]/);
  if (isAbsolute(name) || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new UserError(`${join(directory, documentFile)} names a file outside its folder: "${printable(name)}"`);
  }
  return join(directory, name);
}

async function readText(store: Store, { id, directory }: ResultPlace, name: string): Promise<string> {
  const path = artifactPath(directory, name);
  try {
    return (await readRegularFile(path)).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new UserError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
    const stored = await selectDocument(store, id, name);
    if (stored !== undefined) return stored;
    throw new UserError(`${path} is missing`, {
      hint: 'if the results were moved, name their folder with --output-dir and run: secuml reindex',
    });
  }
}

/** Parses the JSON of a file; throws UserError naming it. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is damaged: it is no JSON (${(error as Error).message})`, { cause: error });
  }
}
