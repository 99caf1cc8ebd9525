import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** A private MariaDB server on the loopback interface, started for a test and gone with it. */
export interface MariadbServer {
  readonly port: number;
  /** Runs a statement as the administrator. */
  admin(sql: string): Promise<RowDataPacket[]>;
  /** Makes a database and a user with exactly these rights on it; the password is the user's name. */
  makeDatabase(name: string, rights?: string): Promise<{ user: string; password: string; database: string }>;
  /** Stops the server process for good, at once, as a crash would. */
  stop(): Promise<void>;
}

const binaries = ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db'];
const sixRights = 'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP';

/**
 * Whether Debian's mariadb-server is installed here. With SECUML_REQUIRE_SERVICES=1 its absence is an error,
 * so that a run which is meant to cover it cannot leave it out unseen.
 */
export function mariadbInstalled(): boolean {
  const installed = binaries.every((path) => existsSync(path));
  if (!installed && process.env.SECUML_REQUIRE_SERVICES === '1') {
    throw new Error(
      `SECUML_REQUIRE_SERVICES=1, but ${binaries.join(' or ')} is missing (apt-get install mariadb-server)`,
    );
  }
  return installed;
}

/** Makes a data folder of its own and starts the server on a free port. */
export async function startMariadb(options: readonly string[] = []): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'secuml-mariadb-'));
  const data = join(folder, 'data');
  const asRoot = process.getuid?.() === 0;
  // The server gives up root's rights, and must still reach its folder.
  chmodSync(folder, 0o755);
  const user = asRoot ? ['--user=mysql'] : [];
  const install = spawnSync(
    binaries[1],
    ['--no-defaults', ...user, `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { encoding: 'utf8' },
  );
  if (install.status !== 0) throw new Error(`mariadb-install-db failed: ${install.stdout}${install.stderr}`);
  const port = await freePort();
  const socket = join(data, 's.sock');
  const server = [
    '--no-defaults',
    ...user,
    `--datadir=${data}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--socket=${socket}`,
    `--pid-file=${join(data, 'm.pid')}`,
    '--innodb-buffer-pool-size=64M',
    ...options,
  ];
  // The shell waits for the end of its input, so that the server ends with this process however that ends.
  const shell = spawn(
    'sh',
    [
      '-c',
      '"$@" 2>"$0" & pid=$!; cat >/dev/null; kill -9 $pid; wait $pid',
      join(folder, 'log'),
      binaries[0],
      ...server,
    ],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  const stopped = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  const admin = async (sql: string): Promise<RowDataPacket[]> => {
    const connection = await createConnection({ socketPath: socket, user: 'root', connectTimeout: 2000 });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return rows;
    } finally {
      await connection.end();
    }
  };
  await ready(() => admin('select 1'));
  return {
    port,
    admin,
    async makeDatabase(name, rights = sixRights) {
      await admin(`CREATE DATABASE \`${name}\` CHARACTER SET latin1`);
      await admin(`CREATE USER '${name}'@'%' IDENTIFIED BY '${name}'`);
      if (rights !== '') await admin(`GRANT ${rights} ON \`${name}\`.* TO '${name}'@'%'`);
      return { user: name, password: name, database: name };
    },
    async stop() {
      shell.stdin.end();
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(probe: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await probe();
      return;
    } catch (error) {
      if (attempt === 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
