import { sql } from 'kysely';
import { UserError } from '../errors.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';
import type { StoreAddress } from './store-address.js';
import { type TableName, tables, tablesVersion, versionTable, versionTableName } from './tables/registry.js';

/**
 * Opens a database, checks its version (and on MySQL the rights), and makes the tables where there are none.
 * `recreate` drops our tables first, whatever their version.
 * Throws UserError: out of reach, a right missing, made by another version, or full of somebody else's tables.
 */
export async function openDatabase(address: StoreAddress, options: { recreate?: boolean } = {}): Promise<Store> {
  const store =
    address.kind === 'sqlite' ? openSqlite(address.file) : await (await import('./mysql.js')).openMysql(address);
  try {
    if (options.recreate) await dropTables(store);
    await prepareTables(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function prepareTables(store: Store): Promise<void> {
  const existing = await store.dialect.tableNames(store.db);
  if (existing.has(versionTableName)) {
    const version = await storedVersion(store);
    if (version === tablesVersion) return;
    // No version in the table: whoever made it ended half-way, and everything below is made where it is missing.
    if (version !== undefined) throw otherVersion(store, version);
  } else {
    refuseStrangers(store, existing);
  }
  await createTables(store);
}

async function createTables(store: Store): Promise<void> {
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(store.db);
  };
  await run(store.dialect.createTable(versionTableName, versionTable));
  for (const [name, table] of Object.entries(tables)) await run(store.dialect.createTable(name, table));
  try {
    await store.db.insertInto(versionTableName).values({ version: tablesVersion }).execute();
  } catch (error) {
    // Another process may have made the same tables at the same time.
    if ((await storedVersion(store)) !== tablesVersion) throw error;
  }
}

/** Drops every table of ours, the version last: an end in between leaves a database that is made anew. */
async function dropTables(store: Store): Promise<void> {
  const existing = await store.dialect.tableNames(store.db);
  if (!existing.has(versionTableName)) {
    refuseStrangers(store, existing);
    return;
  }
  await store.db.deleteFrom(versionTableName).execute();
  for (const name of [...Object.keys(tables), versionTableName]) {
    await sql.raw(`DROP TABLE IF EXISTS \`${name}\``).execute(store.db);
  }
}

async function storedVersion(store: Store): Promise<number | undefined> {
  const rows = await store.db.selectFrom(versionTableName).select('version').orderBy('version', 'desc').execute();
  return rows[0]?.version;
}

function refuseStrangers(store: Store, existing: ReadonlySet<string>): void {
  const strangers = (Object.keys(tables) as TableName[]).filter((name) => existing.has(name));
  if (strangers.length === 0) return;
  throw new UserError(`${store.name} has tables of something else that are named like ours: ${strangers.join(', ')}`, {
    hint: 'give secuml a database of its own',
  });
}

function otherVersion(store: Store, version: number): UserError {
  return version > tablesVersion
    ? new UserError(
        `${store.name} was made by a newer secuml (tables of version ${version}, this one knows ${tablesVersion})`,
        {
          hint: 'upgrade secuml, or name another database with --db',
        },
      )
    : new UserError(`${store.name} was made by an older secuml (tables of version ${version}, now ${tablesVersion})`, {
        hint: 'rebuild it from the result files: secuml reindex',
      });
}
