import type { Cell } from '../cell.js';
import { textCell } from '../cell.js';
import { insertRows } from '../insert-rows.js';
import type { Store } from '../store.js';

/** At most 4 bytes a character: never more than 1 MiB. */
const chunkCharacters = 2 ** 18;

/** Stores a document under the name of its file. */
export async function insertDocument(store: Store, experimentId: string, part: string, content: string): Promise<void> {
  await insertRows(store, 'documents', chunkRows(experimentId, part, textCell(content)));
}

function* chunkRows(experimentId: string, part: string, content: string): Generator<readonly Cell[]> {
  let chunk = 0;
  for (let start = 0; start < content.length; chunk++) {
    let end = Math.min(content.length, start + chunkCharacters);
    // A pair of surrogates is one character and stays together.
    if (end < content.length && (content.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    yield [experimentId, part, chunk, content.slice(start, end)];
    start = end;
  }
}

/** The document, or undefined where the database has none. */
export async function selectDocument(store: Store, experimentId: string, part: string): Promise<string | undefined> {
  const rows = await store.db
    .selectFrom('documents')
    .select('content')
    .where('experiment_id', '=', experimentId)
    .where('part', '=', part)
    .orderBy('chunk')
    .execute();
  return rows.length === 0 ? undefined : rows.map((row) => row.content).join('');
}
