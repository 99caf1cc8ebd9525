import { UserError } from '../errors.js';
import type { MysqlAddress } from './store-address.js';

/** The rights that secuml needs on its database, and no others. */
export const neededRights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'] as const;

/** The statement with which an administrator gives the rights; `account` is 'user'@'host' as the server sees it. */
export function grantLine(database: string, account: string): string {
  // _ and % are wildcards in the database name of a GRANT.
  const escaped = database.replaceAll('`', '``').replace(/[_%\\]/g, '\\$&');
  return `GRANT ${neededRights.join(', ')} ON \`${escaped}\`.* TO ${account};`;
}

/** `user@host` as the server says it, quoted for a GRANT. */
export function quotedAccount(account: string): string {
  const at = account.lastIndexOf('@');
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${quote(account.slice(0, at))}@${quote(account.slice(at + 1))}`;
}

interface MysqlError extends Error {
  readonly code?: string;
  readonly errno?: number;
}

/** The server undid a transaction for another's sake: it can be run again. */
export function isDeadlock(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as MysqlError;
  return code === 'ER_LOCK_DEADLOCK' || code === 'ER_LOCK_WAIT_TIMEOUT';
}

/** The server refused for want of a right on a table or the database. */
export function isDenied(error: unknown): boolean {
  const { code = '' } = ((error as Error).cause ?? error) as MysqlError;
  return code === 'ER_TABLEACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR';
}

/** The error in the user's words if it is the user's to mend, else the error itself. */
export function explainMysql(error: unknown, address: MysqlAddress): unknown {
  const { code = '', message } = error as MysqlError;
  const { user, database } = address;
  const place = address.socket ?? `${address.host}:${address.port}`;
  const fail = (what: string, hint: string): UserError => new UserError(`${what} (${message})`, { hint, cause: error });
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'PROTOCOL_SEQUENCE_TIMEOUT':
      return fail(
        `no database server answers at ${place}`,
        'is it running, and are host and port right? --db sqlite needs none',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(`the database host ${address.host} is not known`, 'check the host name; --db sqlite needs no server');
    case 'PROTOCOL_CONNECTION_LOST':
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ER_SERVER_SHUTDOWN':
    case 'ER_CLIENT_INTERACTION_TIMEOUT':
      return fail(`the connection to the database at ${place} was lost`, 'is the server still running?');
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return fail(
        `the database at ${place} does not let ${user} in`,
        'the password comes from the option file (--my-cnf FILE, group [client]) or from SECUML_DB_PASSWORD',
      );
    case 'ER_HOST_NOT_PRIVILEGED':
    case 'ER_NOT_SUPPORTED_AUTH_MODE':
    case 'AUTH_SWITCH_PLUGIN_ERROR':
      return fail(`the database at ${place} does not let ${user} in from here`, 'ask its administrator for an account');
    case 'ER_BAD_DB_ERROR':
      return fail(
        `there is no database "${database}" at ${place}`,
        `its administrator makes it with: CREATE DATABASE \`${database.replaceAll('`', '``')}\` CHARACTER SET utf8mb4;`,
      );
    case 'ER_DBACCESS_DENIED_ERROR':
    case 'ER_TABLEACCESS_DENIED_ERROR':
    case 'ER_COLUMNACCESS_DENIED_ERROR':
    case 'ER_SPECIFIC_ACCESS_DENIED_ERROR':
      return fail(
        `${user} may not use the database "${database}" at ${place}`,
        `its administrator allows it with: ${grantLine(database, grantee(message) ?? quotedAccount(`${user}@%`))}`,
      );
    case 'ER_CON_COUNT_ERROR':
    case 'ER_TOO_MANY_USER_CONNECTIONS':
      return fail(`the database at ${place} takes no more connections`, 'try again later');
    case 'ER_RECORD_FILE_FULL':
    case 'ER_DISK_FULL':
      return fail(`the disk of the database at ${place} is full`, 'make room on the server');
    case 'ER_NET_PACKET_TOO_LARGE':
      return fail(
        `the database at ${place} refuses large rows`,
        'raise max_allowed_packet on the server to 16M or more',
      );
    case 'ER_OPTION_PREVENTS_STATEMENT':
    case 'ER_READ_ONLY_MODE':
      return fail(`the database at ${place} is read-only`, 'name the server that takes writes');
    case 'ER_LOCK_DEADLOCK':
    case 'ER_LOCK_WAIT_TIMEOUT':
      return fail(`another process kept the database at ${place} busy`, 'try again');
    default:
      return isTlsError(code) ? fail(`no encrypted connection to ${place}`, tlsHint(code)) : error;
  }
}

/** The account in `… command denied to user 'u'@'h' for table …`. */
function grantee(message: string): string | undefined {
  return /'[^']*'@'[^']*'/.exec(message)?.[0];
}

function isTlsError(code: string): boolean {
  return /^(HANDSHAKE_|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_OSSL)/.test(code);
}

function tlsHint(code: string): string {
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return 'the server offers no encryption: say skip-ssl in the option file if that is meant';
  return 'name the authority that signed its certificate with ssl-ca in the option file';
}
