import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { UserError } from '../errors.js';

/**
 * The instance_id of each line of a file: the first column of a CSV, with or without the header `instance_id`.
 * Throws UserError where the file cannot be read or is empty.
 */
export async function readInstanceIds(path: string): Promise<ReadonlySet<string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const ids = firstColumn(text, path);
  if (ids[0] === 'instance_id') ids.shift();
  if (ids.length === 0)
    throw new UserError(`${path} names no instance_id`, { hint: 'one a line, the header is optional' });
  return new Set(ids);
}

function firstColumn(text: string, path: string): string[] {
  try {
    // A quote inside an id is part of it.
    const options = { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true };
    return (parse(text, options) as string[][]).map((record) => record[0]);
  } catch (error) {
    throw new UserError(`${path} is no list of instance_id: ${(error as Error).message}`, { cause: error });
  }
}
