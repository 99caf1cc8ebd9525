import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver, sql } from 'kysely';
import Database from 'libsql';
import { UserError } from '../errors.js';
import type { Dialect, Store } from './store.js';
import type { ColumnType, TableDefinition } from './table-definition.js';
import type { Tables } from './tables/registry.js';

const busyTimeout = 10_000;

const columnTypes: Record<ColumnType, string> = {
  id: 'TEXT',
  key: 'TEXT',
  part: 'TEXT',
  text: 'TEXT',
  integer: 'INTEGER',
  double: 'REAL',
};

export const sqliteDialect: Dialect = {
  id: 'sqlite',
  createTable(name: string, table: TableDefinition): string[] {
    const columns = Object.entries(table.columns).map(
      ([column, { type, optional }]) => `\`${column}\` ${columnTypes[type]}${optional ? '' : ' NOT NULL'}`,
    );
    const key = `PRIMARY KEY (${table.primaryKey.map((column) => `\`${column}\``).join(', ')})`;
    return [
      // WITHOUT ROWID keeps rows in the order of their key, which is how they are read and deleted.
      `CREATE TABLE IF NOT EXISTS \`${name}\` (${[...columns, key].join(', ')})${table.wide ? '' : ' WITHOUT ROWID'}`,
      // SQLite knows no index inside CREATE TABLE, and asks for no right.
      ...(table.indexes ?? []).map(
        (index) =>
          `CREATE INDEX IF NOT EXISTS \`${name}_${index.name}\` ON \`${name}\` (${index.columns.map((column) => `\`${column}\``).join(', ')})`,
      ),
    ];
  },
  async tableNames(db: Kysely<Tables>): Promise<Set<string>> {
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
    return new Set(rows.map((row) => row.name));
  },
  // busy_timeout has already waited: nothing is gained by trying again.
  isTransient: () => false,
};

/** Transactions that take the write lock when they begin, so that none fails half-way for want of it. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  constructor(private readonly database: Database.Database) {
    super({ database: explainErrors(database) as never });
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: explainErrors(this.database) as never });
  }
}

/** Opens (and makes) a SQLite file in a folder that is there; throws UserError if it is damaged, locked or cannot be written. */
export function openSqlite(file: string): Store {
  const warnings: string[] = [];
  let database: Database.Database;
  try {
    database = new Database(file, { timeout: busyTimeout });
  } catch (error) {
    throw new UserError(`the database ${file} cannot be opened: ${(error as Error).message}`, {
      hint: 'check that its folder exists and can be written, or name another with --output-dir',
      cause: error,
    });
  }
  try {
    setPragmas(database, file, warnings);
  } catch (error) {
    database.close();
    throw explain(error, file);
  }
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect(database) });
  return { db, dialect: sqliteDialect, name: `SQLite ${file}`, warnings, close: () => db.destroy() };
}

function setPragmas(database: Database.Database, file: string, warnings: string[]): void {
  const set = (pragma: string, value: string | number, expected: string | number): void => {
    database.prepare(`PRAGMA ${pragma} = ${value}`).all();
    const row = database.prepare(`PRAGMA ${pragma}`).all()[0] as Record<string, unknown>;
    const found = Object.values(row)[0];
    if (found !== expected) throw new Error(`PRAGMA ${pragma} is ${found} where ${expected} was set`);
  };
  set('busy_timeout', busyTimeout, busyTimeout);
  if (onNetwork(file)) {
    set('journal_mode', 'delete', 'delete');
    warnings.push(
      `${file} lies on a network file system: writing is slower there, and safe only if its locks are; a MySQL database is the better choice`,
    );
  } else {
    set('journal_mode', 'wal', 'wal');
  }
  // 2 is FULL: what was said to be stored survives a loss of power.
  set('synchronous', 'full', 2);
}

/** File systems on which write-ahead logging is unsafe, by the number that statfs gives. */
const networkFileSystems = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB2
  0xff534d42, // CIFS
  0x65735546, // FUSE: sshfs and its kin
  0x01021997, // 9P
  0x5346414f, // AFS
  0x00c36400, // CEPH
  0x0bd00bd0, // Lustre
]);

function onNetwork(file: string): boolean {
  try {
    return networkFileSystems.has(statfsSync(dirname(file)).type >>> 0);
  } catch {
    return false;
  }
}

/** The database with its errors in the user's words. */
function explainErrors(database: Database.Database) {
  const guarded = <A extends unknown[], R>(work: (...args: A) => R) => {
    return (...args: A): R => {
      try {
        return work(...args);
      } catch (error) {
        throw explain(error, 'the SQLite database');
      }
    };
  };
  const prepare = (text: string) => {
    const statement = database.prepare(text);
    return {
      reader: statement.reader,
      all: guarded((parameters: unknown[]) => statement.all(parameters)),
      run: guarded((parameters: unknown[]) => statement.run(parameters)),
      iterate: guarded((parameters: unknown[]) => statement.iterate(parameters)),
    };
  };
  // A statement that inserts hundreds of rows takes longer to prepare than to run: the last one is kept.
  let last: { text: string; statement: ReturnType<typeof prepare> } | undefined;
  return {
    close: () => {
      last = undefined;
      database.close();
    },
    prepare: guarded((text: string) => {
      if (!text.startsWith('insert ')) return prepare(text);
      if (last?.text !== text) last = { text, statement: prepare(text) };
      return last.statement;
    }),
  };
}

/** What is wrong, and what to do about it, by the code of the error. */
const explanations: Record<string, readonly [string, string]> = {
  SQLITE_BUSY: ['is locked by another process', 'try again when that has ended'],
  SQLITE_LOCKED: ['is locked by another process', 'try again when that has ended'],
  SQLITE_NOTADB: ['is not a SQLite database', 'move the file away and run: secuml reindex'],
  SQLITE_CORRUPT: ['is damaged', 'move it away, with its -wal and -shm files, and run: secuml reindex'],
  SQLITE_FULL: ['cannot grow', 'the disk is full: make room'],
  SQLITE_READONLY: ['cannot be written', 'check its permissions and those of its folder'],
  SQLITE_CANTOPEN: ['cannot be opened', 'check its permissions and those of its folder'],
  SQLITE_IOERR: ['cannot be read or written', 'the disk reports an error: check it'],
  SQLITE_PERM: ['cannot be written', 'check its permissions'],
};

function explain(error: unknown, file: string): unknown {
  const code = String((error as { code?: unknown }).code ?? '');
  const known = Object.keys(explanations).find((name) => code === name || code.startsWith(`${name}_`));
  if (known === undefined) return error;
  const [what, hint] = explanations[known];
  return new UserError(`${file} ${what} (${(error as Error).message})`, { hint, cause: error });
}
