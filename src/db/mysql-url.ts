import { printable, UserError } from '../errors.js';

/** What `--db mysql://…` says; what is absent may come from the option file. */
export interface MysqlUrl {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
}

const form = 'expected sqlite or mysql://user@host:port/database';

/** Parses the URL of a MySQL database; throws UserError, and never repeats a password. */
export function parseMysqlUrl(text: string): MysqlUrl {
  // Whatever is wrong with it, a secret before the @ must not land on a screen or in a log.
  const shown = printable(text.includes('@') ? `…${text.slice(text.lastIndexOf('@'))}` : text);
  let url: URL;
  try {
    if (!text.includes('://')) throw new Error('no scheme');
    url = new URL(text);
  } catch {
    throw new UserError(`the database "${shown}" is no URL: ${form}`);
  }
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') {
    throw new UserError(`the database "${shown}" is not of a kind that secuml knows: ${form}`);
  }
  if (url.password !== '') {
    throw new UserError('the database URL holds a password, which others could read in the list of processes', {
      hint: 'put it into an option file (--my-cnf FILE, group [client]) or into SECUML_DB_PASSWORD',
    });
  }
  if (url.search !== '' || url.hash !== '')
    throw new UserError(`the database "${shown}" has more than a name: ${form}`);
  const database = decodeURIComponent(url.pathname.replace(/^\//, ''));
  if (database.includes('/')) throw new UserError(`the database "${shown}" has a slash in its name: ${form}`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || undefined,
    port: url.port === '' ? undefined : Number(url.port),
    user: decodeURIComponent(url.username) || undefined,
    database: database || undefined,
  };
}
