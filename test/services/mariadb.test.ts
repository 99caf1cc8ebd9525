import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open-database.js';
import { openMysql } from '../../src/db/mysql.js';
import type { MysqlAddress, TlsSettings } from '../../src/db/store-address.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { reindex } from '../../src/workspace/reindex.js';
import { doublesToKeep } from '../db/hostile-values.js';
import { describeStore } from '../db/store-suite.js';
import { exampleConfiguration, examplePredictions, exampleResult, exampleStart } from '../workspace/example-result.js';
import { describeWorkspace } from '../workspace/workspace-suite.js';
import { type MariadbServer, mariadbInstalled, startMariadb } from './mariadb.js';

const installed = mariadbInstalled();
const openssl = '/usr/bin/openssl';

describe.skipIf(!installed)('MariaDB', () => {
  let server: MariadbServer;
  let folder: string;
  const addresses = new Map<string, MysqlAddress>();

  const addDatabase = async (name: string, rights?: string): Promise<MysqlAddress> => {
    const { user, password, database } = await server.makeDatabase(name, rights);
    const address: MysqlAddress = {
      kind: 'mysql',
      host: '127.0.0.1',
      port: server.port,
      user,
      password,
      database,
      tls: { mode: 'off' },
    };
    addresses.set(name, address);
    return address;
  };
  const address = (name: string): MysqlAddress => {
    const found = addresses.get(name);
    if (!found) throw new Error(`no database ${name}`);
    return found;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secuml-services-'));
    server = await startMariadb(existsSync(openssl) ? makeCertificate(folder) : []);
    for (const name of ['queries', 'workspace']) await addDatabase(name);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describeStore('MariaDB', () => address('queries'));
  describeWorkspace('MariaDB', () => address('workspace'));

  it('is named without the password', async () => {
    const store = await openDatabase(await addDatabase('named'));
    expect(store.name).toBe(`MySQL named@127.0.0.1:${server.port}/named`);
    await store.close();
  });

  it('would lose bits by the text protocol, which is why nothing is read by it', async () => {
    const { user, password, database, port } = await addDatabase('bits');
    const connection = await createConnection({ host: '127.0.0.1', port, user, password, database });
    await connection.query('CREATE TABLE t (i INT, d DOUBLE)');
    const finite = doublesToKeep.filter((value) => Number.isFinite(value));
    for (const [i, value] of finite.entries()) await connection.execute('INSERT INTO t VALUES (?, ?)', [i, value]);
    const [asText] = await connection.query<never[]>('SELECT d FROM t ORDER BY i');
    const [asBinary] = await connection.execute<never[]>('SELECT d FROM t ORDER BY i');
    await connection.end();
    const wrong = (rows: { d: number }[]): number => rows.filter(({ d }, i) => d !== finite[i]).length;
    expect(wrong(asText)).toBeGreaterThan(0);
    expect(wrong(asBinary)).toBe(0);
  });

  it.each(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'])(
    'names %s where it is missing, with the GRANT',
    async (right) => {
      const six = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'];
      const name = `no_${right.toLowerCase()}`;
      const without = await addDatabase(name, six.filter((other) => other !== right).join(', '));
      await expect(openDatabase(without)).rejects.toMatchObject({
        name: 'UserError',
        message: `the database "${name}" does not give ${name}@% the right to ${right}`,
        hint: expect.stringContaining(`GRANT ${six.join(', ')} ON \`no\\_${right.toLowerCase()}\`.* TO '${name}'@'%';`),
      });
      // The line is one that the server takes, and it is enough.
      await server.admin(`GRANT ${six.join(', ')} ON \`no\\_${right.toLowerCase()}\`.* TO '${name}'@'%'`);
      await (await openDatabase(without)).close();
    },
  );

  it('says what is wrong with an address, a password, a database', async () => {
    const good = address('queries');
    const cases: [Partial<MysqlAddress>, RegExp, RegExp][] = [
      [{ port: 1 }, /no database server answers at 127\.0\.0\.1:1/, /is it running/],
      [{ host: 'no-such-host.invalid' }, /host no-such-host\.invalid is not known/, /check the host name/],
      [{ socket: '/nowhere/s.sock' }, /no database server answers at \/nowhere/, /is it running/],
      [{ password: 'wrong' }, /does not let queries in/, /SECUML_DB_PASSWORD/],
      [{ database: 'queries_too' }, /may not use the database "queries_too"/, /GRANT SELECT, .* ON `queries\\_too`/],
    ];
    for (const [change, message, hint] of cases) {
      const refused = await openDatabase({ ...good, ...change }).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        name: 'UserError',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      expect(JSON.stringify(refused)).not.toContain('wrong"');
    }
    await server.admin("GRANT ALL ON `not\\_made`.* TO 'queries'@'%'");
    await expect(openDatabase({ ...good, database: 'not_made' })).rejects.toMatchObject({
      message: expect.stringMatching(/there is no database "not_made"/),
      hint: expect.stringContaining('CREATE DATABASE `not_made`'),
    });
  });

  it.skipIf(!existsSync(openssl))('encrypts as the option file says, and refuses who it does not know', async () => {
    const open = async (tls: TlsSettings): Promise<string> => {
      const store = await openMysql({ ...address('queries'), tls });
      await store.close();
      const connected = await server.admin("SHOW GLOBAL STATUS LIKE 'Ssl_finished_accepts'");
      return String(connected[0].Value);
    };
    const before = Number(await open({ mode: 'off' }));
    const ca = join(folder, 'cert.pem');
    expect(Number(await open({ mode: 'encrypted' }))).toBeGreaterThan(before);
    await open({ mode: 'verify-ca', ca });
    await expect(open({ mode: 'verify-ca' })).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('ssl-ca'),
    });
    await expect(open({ mode: 'verify-identity', ca })).rejects.toMatchObject({ name: 'UserError' });
    await expect(open({ mode: 'verify-ca', ca: '/nowhere.pem' })).rejects.toThrow(/cannot be read/);
  });

  it('moves from SQLite to MariaDB and back by reindex', async () => {
    const outputDir = join(folder, 'moving');
    const sqlite = { kind: 'sqlite', file: join(outputDir, 'secuml.db') } as const;
    const workspace = await openWorkspace(exampleConfiguration(outputDir, sqlite));
    const { directory } = await (await workspace.begin(exampleStart)).finish(exampleResult(examplePredictions(500)));
    await workspace.close();
    const mysql = await addDatabase('moving');
    for (const target of [mysql, sqlite, mysql]) {
      const report = await reindex({ address: target, outputDir, dbRows: 'auto' });
      expect(report).toMatchObject({ experiments: 1, broken: [] });
      const moved = await openWorkspace(exampleConfiguration(outputDir, target));
      expect(await moved.find('latest')).toMatchObject({ directory, status: 'done' });
      await moved.close();
    }
  });

  // The last one: it ends the server.
  it('finishes the files when the database is lost in mid-run, and names reindex', async () => {
    const outputDir = join(folder, 'lost');
    const workspace = await openWorkspace(exampleConfiguration(outputDir, address('workspace')));
    const running = await workspace.begin(exampleStart);
    await server.stop();
    const lost = await running.finish(exampleResult(examplePredictions(100))).catch((error: unknown) => error);
    expect(lost).toMatchObject({ name: 'UserError', hint: expect.stringContaining('secuml reindex') });
    await running.fail(lost);
    const directory = /saved in (\S+),/.exec(String(lost))?.[1] ?? '';
    expect(JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8'))).toMatchObject({ run: { id: running.id } });
    await workspace.close();
    const sqlite = { kind: 'sqlite', file: join(outputDir, 'secuml.db') } as const;
    expect(await reindex({ address: sqlite, outputDir, dbRows: 'auto' })).toMatchObject({ experiments: 1, broken: [] });
  });
});

/** A self-signed certificate for the server; the options that make it use it. */
function makeCertificate(folder: string): string[] {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=db.example.org'];
  const made = spawnSync(openssl, [...request, '-keyout', key, '-out', cert], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  return [`--ssl-cert=${cert}`, `--ssl-key=${key}`];
}
