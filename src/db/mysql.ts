import { readFileSync } from 'node:fs';
import { Kysely, MysqlDialect, sql } from 'kysely';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { UserError } from '../errors.js';
import { checkRights } from './mysql-rights.js';
import { explainMysql, isDeadlock } from './mysql-errors.js';
import type { Dialect, Store } from './store.js';
import type { MysqlAddress, TlsSettings } from './store-address.js';
import type { ColumnType, TableDefinition } from './table-definition.js';
import type { Tables } from './tables/registry.js';

const connectTimeout = 10_000;

/** Byte for byte like SQLite's text: no case, accent or width is folded. */
const binaryText = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

const columnTypes: Record<ColumnType, string> = {
  id: 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin',
  key: `VARCHAR(190) ${binaryText}`,
  part: `VARCHAR(200) ${binaryText}`,
  text: `LONGTEXT ${binaryText}`,
  integer: 'BIGINT',
  double: 'DOUBLE',
};

export const mysqlDialect: Dialect = {
  id: 'mysql',
  createTable(name: string, table: TableDefinition): string[] {
    const columns = Object.entries(table.columns).map(
      ([column, { type, optional }]) => `\`${column}\` ${columnTypes[type]}${optional ? '' : ' NOT NULL'}`,
    );
    const indexes = (table.indexes ?? []).map(({ name: index, columns: indexed, prefix }) => {
      const keys = indexed.map((column) => `\`${column}\`${prefix === undefined ? '' : `(${prefix})`}`);
      return `KEY \`${index}\` (${keys.join(', ')})`;
    });
    const key = `PRIMARY KEY (${table.primaryKey.map((column) => `\`${column}\``).join(', ')})`;
    // Everything in one statement: the rights asked for allow no other. DYNAMIC takes keys of more than 767 bytes.
    return [
      `CREATE TABLE IF NOT EXISTS \`${name}\` (${[...columns, key, ...indexes].join(', ')}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC`,
    ];
  },
  async tableNames(db: Kysely<Tables>): Promise<Set<string>> {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = database()`.execute(db);
    return new Set(rows.map((row) => row.name));
  },
  isTransient: isDeadlock,
};

/** Opens a pool to a MySQL or MariaDB database and checks the six rights; throws UserError. */
export async function openMysql(address: MysqlAddress): Promise<Store> {
  const warnings: string[] = [];
  const pool = createPool(poolOptions(address, warnings));
  pool.on('connection', (connection) => {
    // Text that does not fit is an error, never cut in silence, whatever the server's default.
    connection.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'", () => undefined);
  });
  const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool: preparedPool(pool, address) as never }) });
  const place = address.socket ?? `${address.host}:${address.port}`;
  const name = `MySQL ${address.user}@${place}/${address.database}`;
  try {
    await checkVersion(db, name);
    await checkRights(db, address.database);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, dialect: mysqlDialect, name, warnings, close: () => db.destroy() };
}

async function checkVersion(db: Kysely<Tables>, name: string): Promise<void> {
  const { rows } = await sql<{ version: string }>`select version() as version`.execute(db);
  const { version } = rows[0];
  if (isSupported(version)) return;
  throw new UserError(`${name} is version ${version}; MySQL 5.7 or MariaDB 10.3 is the oldest that secuml knows`, {
    hint: 'upgrade the server, or use --db sqlite',
  });
}

/** Whether the version that a server gives, such as `8.0.36` or `5.5.5-10.11.6-MariaDB-0+deb12u1`, is recent enough. */
export function isSupported(version: string): boolean {
  const isMariadb = /mariadb/i.test(version);
  // Older clients were told 5.5.5 by MariaDB 10 and later, before the version itself.
  const [, major, minor] = /^(?:5\.5\.5-)?(\d+)\.(\d+)/.exec(version) ?? [];
  const [oldestMajor, oldestMinor] = isMariadb ? [10, 3] : [5, 7];
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}

function poolOptions(address: MysqlAddress, warnings: string[]): PoolOptions {
  const { host, port, socket, user, password, database } = address;
  if (address.tls.mode === 'unset' && socket === undefined && !isLoopback(host)) {
    warnings.push(
      `the connection to ${host} is not encrypted: name its authority with ssl-ca in the option file, or say skip-ssl there if that is meant`,
    );
  }
  return {
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    user,
    password,
    database,
    ssl: sslOptions(address.tls),
    connectTimeout,
    charset: 'utf8mb4_bin',
    connectionLimit: 4,
    enableKeepAlive: true,
    // Statements of the last, smaller chunks differ from run to run: the server must not keep them all.
    maxPreparedStatements: 64,
    flags: ['-LOCAL_FILES'],
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function sslOptions(tls: TlsSettings): PoolOptions['ssl'] {
  if (tls.mode === 'unset' || tls.mode === 'off') return undefined;
  const read = (path: string | undefined): Buffer | undefined => {
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      throw new UserError(`the TLS file ${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    ca: read(tls.ca),
    cert: read(tls.cert),
    key: read(tls.key),
    rejectUnauthorized: tls.mode !== 'encrypted',
    verifyIdentity: tls.mode === 'verify-identity',
  };
}

type Callback = (error: unknown, result?: unknown) => void;

/** Statements that the binary protocol of some servers does not know; they carry no data. */
const transactionControl = /^\s*(begin|commit|rollback|start|savepoint|release)\b/i;

/**
 * The pool as kysely expects it, with every statement sent by the binary protocol: the text protocol rounds doubles.
 * Errors come back in the user's words.
 */
function preparedPool(pool: Pool, address: MysqlAddress) {
  return {
    getConnection(callback: (error: unknown, connection?: unknown) => void): void {
      pool.getConnection((error, connection) => {
        if (error) callback(explainMysql(error, address));
        else callback(null, preparedConnection(connection, address));
      });
    },
    end: (callback: (error: unknown) => void): void => pool.end(callback),
  };
}

function preparedConnection(connection: PoolConnection, address: MysqlAddress) {
  return {
    query(text: string, parameters: readonly unknown[], callback: Callback): void {
      const done: Callback = (error, result) => callback(error ? explainMysql(error, address) : null, result);
      if (transactionControl.test(text)) connection.query(text, done);
      else connection.execute(text, [...parameters] as (string | number | null)[], done);
    },
    release: (): void => connection.release(),
  };
}
