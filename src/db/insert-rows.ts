import { CompiledQuery } from 'kysely';
import type { Cell } from './cell.js';
import { inTransaction, type Store } from './store.js';
import { type TableName, tables } from './tables/registry.js';

/** Most rows of one transaction: other writers get their turn in between. */
export const rowsPerTransaction = 5000;
const rowsPerStatement = 500;
/** Far below the smallest packet that a MySQL server accepts by default (4 MB). */
const charactersPerStatement = 2 ** 19;

/**
 * Inserts rows (values in the order of the table's columns) in transactions of at most 5,000.
 * Returns how many. Throws UserError where the database does not take them.
 */
export async function insertRows(store: Store, table: TableName, rows: Iterable<readonly Cell[]>): Promise<number> {
  const iterator = rows[Symbol.iterator]();
  let inserted = 0;
  let batch = takeBatch(iterator);
  while (batch.length > 0) {
    const statements = statementsFor(table, batch);
    await inTransaction(store, async (trx) => {
      for (const statement of statements) await trx.executeQuery(statement);
    });
    inserted += batch.length;
    batch = takeBatch(iterator);
  }
  return inserted;
}

function takeBatch(iterator: Iterator<readonly Cell[]>): (readonly Cell[])[] {
  const batch: (readonly Cell[])[] = [];
  while (batch.length < rowsPerTransaction) {
    const next = iterator.next();
    if (next.done) break;
    batch.push(next.value);
  }
  return batch;
}

/** The INSERT statements for up to a transaction's worth of rows, to be run inside one. */
export function statementsFor(table: TableName, rows: readonly (readonly Cell[])[]): CompiledQuery[] {
  const columns = Object.keys(tables[table].columns);
  const statements: CompiledQuery[] = [];
  let values: Cell[] = [];
  let characters = 0;
  const flush = (): void => {
    if (values.length > 0) statements.push(CompiledQuery.raw(insertSql(table, columns, values.length), values));
    values = [];
    characters = 0;
  };
  for (const row of rows) {
    let size = 0;
    for (const cell of row) size += typeof cell === 'string' ? cell.length : 8;
    if (values.length === rowsPerStatement * columns.length || characters + size > charactersPerStatement) flush();
    for (const cell of row) values.push(cell);
    characters += size;
  }
  flush();
  return statements;
}

function insertSql(table: TableName, columns: readonly string[], values: number): string {
  // Backticks are understood by SQLite as well as by MySQL.
  const names = columns.map((column) => `\`${column}\``).join(', ');
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `insert into \`${table}\` (${names}) values ${Array(values / columns.length)
    .fill(row)
    .join(', ')}`;
}
