import { sql } from 'kysely';
import { UserError } from '../errors.js';
import { openSqlite } from './sqlite.js';
import type { Store } from './store.js';
import type { StoreAddress } from './store-address.js';
import { type TableName, tables, tablesVersion, versionTable, versionTableName } from './tables/registry.js';

/** Stands for the version while a database is being rebuilt. */
const halfRebuilt = 0;

/**
 * Opens a database, checks its version (and on MySQL the rights), and makes the tables where there are none.
 * `recreate` drops our tables first, whatever their version; the database is for others only after `completeRebuild`.
 * Throws UserError: out of reach, a right missing, made by another version, or full of somebody else's tables.
 */
export async function openDatabase(address: StoreAddress, options: { recreate?: boolean } = {}): Promise<Store> {
  const store =
    address.kind === 'sqlite' ? openSqlite(address.file) : await (await import('./mysql.js')).openMysql(address);
  try {
    if (options.recreate) await recreateTables(store);
    else await prepareTables(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Ends a rebuild: from now on the database opens as usual. */
export async function completeRebuild(store: Store): Promise<void> {
  await store.db.insertInto(versionTableName).values({ version: tablesVersion }).execute();
  await store.db.deleteFrom(versionTableName).where('version', '<>', tablesVersion).execute();
}

async function recreateTables(store: Store): Promise<void> {
  await dropTables(store);
  await createTables(store, halfRebuilt);
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
  await createTables(store, tablesVersion);
}

async function createTables(store: Store, version: number): Promise<void> {
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(store.db);
  };
  await run(store.dialect.createTable(versionTableName, versionTable));
  for (const [name, table] of Object.entries(tables)) await run(store.dialect.createTable(name, table));
  try {
    await store.db.insertInto(versionTableName).values({ version }).execute();
  } catch (error) {
    // Another process may have made the same tables at the same time.
    if ((await storedVersion(store)) !== version) throw error;
  }
}

/** Drops every table of ours, the version last. */
async function dropTables(store: Store): Promise<void> {
  const existing = await store.dialect.tableNames(store.db);
  if (!existing.has(versionTableName)) {
    refuseStrangers(store, existing);
    return;
  }
  const version = await storedVersion(store);
  // A newer secuml may keep there what this one would not bring back.
  if (version !== undefined && version > tablesVersion) throw otherVersion(store, version);
  // Said first: an end in between must not leave a database that looks whole.
  await store.db.deleteFrom(versionTableName).execute();
  await store.db.insertInto(versionTableName).values({ version: halfRebuilt }).execute();
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
  if (version === halfRebuilt) {
    return new UserError(`${store.name} is half rebuilt: a reindex runs or was interrupted`, {
      hint: 'if none runs, begin again: secuml reindex',
    });
  }
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
