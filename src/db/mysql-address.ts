import { userInfo } from 'node:os';
import { UserError } from '../errors.js';
import type { MysqlUrl } from './mysql-url.js';
import type { FileOption } from './option-file.js';
import type { MysqlAddress, TlsSettings } from './store-address.js';

/** The groups of an option file that are read, the later one wins. */
export const optionGroups = ['client', 'secuml'];

const defaultDatabase = 'secuml';

/** What an option file says about the connection. */
export interface OptionFileSettings extends MysqlUrl {
  readonly socket?: string;
  readonly password?: string;
  readonly tls: TlsSettings;
}

/** Picks what concerns us out of an option file's options; throws UserError for a value that makes no sense. */
export function optionSettings(options: readonly FileOption[], source: string): OptionFileSettings {
  // MySQL lets a file name options that some versions do not know by a prefix.
  const last = new Map(options.map(({ name, value }) => [name.replace(/^loose-/, ''), value]));
  const port = last.get('port');
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536)) {
    throw new UserError(`${source}: found port=${port}, expected a number from 1 to 65535`);
  }
  return {
    host: last.get('host') || undefined,
    port: port === undefined ? undefined : Number(port),
    user: last.get('user') || undefined,
    database: last.get('database') || undefined,
    socket: last.get('socket') || undefined,
    password: last.get('password'),
    tls: tlsSettings(last, source),
  };
}

const tlsModes: Record<string, TlsSettings['mode']> = {
  DISABLED: 'off',
  PREFERRED: 'unset',
  REQUIRED: 'encrypted',
  VERIFY_CA: 'verify-ca',
  VERIFY_IDENTITY: 'verify-identity',
};

const isOn = (value: string | undefined): boolean => value === undefined || /^(1|on|true|yes)$/i.test(value);

/** With `ssl-ca` or `ssl` alone the server is verified, its name too: what is half asked for is not half done. */
function tlsSettings(options: ReadonlyMap<string, string | undefined>, source: string): TlsSettings {
  const files = { ca: options.get('ssl-ca'), cert: options.get('ssl-cert'), key: options.get('ssl-key') };
  const modeName = options.get('ssl-mode');
  if (modeName !== undefined) {
    const mode = tlsModes[modeName.toUpperCase()];
    if (mode === undefined) {
      throw new UserError(`${source}: found ssl-mode=${modeName}, expected one of ${Object.keys(tlsModes).join(', ')}`);
    }
    return { mode, ...files };
  }
  if (options.has('skip-ssl') && isOn(options.get('skip-ssl'))) return { mode: 'off' };
  if (options.has('ssl') && !isOn(options.get('ssl'))) return { mode: 'off' };
  const verify = options.has('ssl-verify-server-cert') ? isOn(options.get('ssl-verify-server-cert')) : true;
  const wanted = options.has('ssl') || options.has('ssl-verify-server-cert') || files.ca || files.cert;
  if (!wanted) return { mode: 'unset' };
  // Without a check of its name, a server's certificate still has to come from the authority that was named.
  return { mode: verify ? 'verify-identity' : files.ca ? 'verify-ca' : 'encrypted', ...files };
}

/** Where each piece of an address comes from: the URL first, then the option file, then what MySQL's client does. */
export function mysqlAddress(url: MysqlUrl, file: OptionFileSettings | undefined, password?: string): MysqlAddress {
  const host = url.host ?? file?.host ?? 'localhost';
  return {
    kind: 'mysql',
    host,
    port: url.port ?? file?.port ?? 3306,
    // A socket is this machine's, so a URL that names a host or port means TCP.
    socket: host === 'localhost' && url.host === undefined && url.port === undefined ? file?.socket : undefined,
    user: url.user ?? file?.user ?? userInfo().username,
    password: password ?? file?.password,
    database: url.database ?? file?.database ?? defaultDatabase,
    tls: file?.tls ?? { mode: 'unset' },
  };
}

/** Whether an option file that was not named speaks of the server and user of the URL: only then is its password used. */
export function speaksOf(file: OptionFileSettings, url: MysqlUrl): boolean {
  const same = <T>(a: T | undefined, b: T | undefined, fallback: T): boolean => (a ?? fallback) === (b ?? fallback);
  return (
    same(file.host, url.host, 'localhost') &&
    same(file.port, url.port, 3306) &&
    (url.user === undefined || file.user === undefined || file.user === url.user)
  );
}
