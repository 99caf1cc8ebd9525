import type { Kysely, Transaction } from 'kysely';
import type { TableDefinition } from './table-definition.js';
import type { Tables } from './tables/registry.js';

/** What differs between the databases, besides how they are opened. */
export interface Dialect {
  readonly id: 'sqlite' | 'mysql';
  /** Statements that make a table with its indexes, and do nothing where it exists. */
  createTable(name: string, table: TableDefinition): string[];
  /** Names of the tables in the database. */
  tableNames(db: Kysely<Tables>): Promise<Set<string>>;
  /** The error means that another writer was in the way: the transaction can be tried again. */
  isTransient(error: unknown): boolean;
}

/** An open database. */
export interface Store {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  /** For people: `SQLite output_data/secuml.db`, `MySQL user@host:port/database`. */
  readonly name: string;
  /** About the way it was opened, in plain words. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

const attempts = 6;

/** Runs `work` in a transaction, again if another writer was in the way; `work` must bear to be run twice. */
export async function inTransaction<T>(store: Store, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.db.transaction().execute(work);
    } catch (error) {
      if (attempt === attempts || !store.dialect.isTransient(error)) throw error;
      // Two writers that fell over each other must not meet again at once.
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}
