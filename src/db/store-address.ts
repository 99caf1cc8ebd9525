/** How to reach a MySQL or MariaDB server. */
export interface MysqlAddress {
  readonly kind: 'mysql';
  readonly host: string;
  readonly port: number;
  /** A Unix socket, used instead of host and port. */
  readonly socket?: string;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  readonly tls: TlsSettings;
}

/** Encryption of the connection, as the option file says. */
export interface TlsSettings {
  /** `off` was asked for in words; `unset` leaves the connection plain, with a warning for another host. */
  readonly mode: 'unset' | 'off' | 'encrypted' | 'verify-ca' | 'verify-identity';
  /** Paths of PEM files. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface SqliteAddress {
  readonly kind: 'sqlite';
  readonly file: string;
}

/** Which database to use. */
export type StoreAddress = SqliteAddress | MysqlAddress;
