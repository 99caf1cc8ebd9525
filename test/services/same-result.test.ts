import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResultDocument } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from '../e2e/program.js';
import { type MariadbServer, mariadbInstalled, startMariadb } from './mariadb.js';

const files = ['model.json', 'predictions.csv', 'rows.bin'];

describe.skipIf(!mariadbInstalled())('the same input, settings and seed', () => {
  let server: MariadbServer;
  let cwd: string;
  let mysql: string[];
  let env: Record<string, string>;

  beforeAll(async () => {
    cwd = scratchFolder();
    writeFiles(cwd, smallDataset('P', 'D', 400));
    server = await startMariadb();
    const { user, password, database } = await server.makeDatabase('same_result');
    mysql = ['--db', `mysql://${user}@127.0.0.1:${server.port}/${database}`];
    env = { SECUML_DB_PASSWORD: password };
  });

  afterAll(() => server.stop());

  it('give the same clusters in SQLite and in MariaDB, and as many rows as --db-rows asks for', async () => {
    const documents = [[], mysql].map((database) => {
      const args = [
        'cluster',
        'P',
        'D',
        '--clusters',
        '3',
        '--db-rows',
        '30',
        '--json',
        '--output-dir',
        scratchFolder(),
      ];
      const { status, stdout, stderr } = secuml([...args, ...database], { cwd, env });
      expect(stderr).not.toContain('error:');
      expect(status).toBe(0);
      return readResultDocument(JSON.parse(stdout), 'stdout');
    });
    const [{ run: _inSqlite, ...inSqlite }, { run, ...inMariadb }] = documents;
    expect(inMariadb).toEqual(inSqlite);
    expect(run.warnings.join()).toContain('--db-rows');
    const connection = await createConnection({
      host: '127.0.0.1',
      port: server.port,
      user: new URL(mysql[1]).username,
      password: env.SECUML_DB_PASSWORD,
      database: new URL(mysql[1]).pathname.slice(1),
    });
    const [rows] = await connection.execute<RowDataPacket[]>(
      'SELECT predicted, score FROM predictions WHERE experiment_id = ?',
      [run.id],
    );
    await connection.end();
    expect(rows.length).toBe(30);
    for (const { predicted, score } of rows) {
      expect(['1', '2', '3']).toContain(predicted);
      expect(score).toBeGreaterThan(0);
    }
  });

  /** Everything that must not differ: the document without its run half, and the files. */
  function resultOf(args: readonly string[]): string {
    const output = scratchFolder();
    const { status, stdout, stderr } = secuml(['classify', 'P', 'D', '--json', '--output-dir', output, ...args], {
      cwd,
      env,
    });
    expect(stderr).not.toContain('error:');
    expect(status).toBe(0);
    const { run, ...rest } = readResultDocument(JSON.parse(stdout), 'stdout');
    const folder = join(output, 'P/D', run.id);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(files));
    return [JSON.stringify(rest), ...files.map((name) => readFileSync(join(folder, name), 'latin1'))].join('\n');
  }

  it.each(['logistic-regression', 'random-forest'])(
    'give the same bytes with 1 and 2 workers, in SQLite and in MariaDB: %s',
    (model) => {
      const common = ['--model', model];
      const expected = resultOf([...common, '--jobs', '1']);
      expect(resultOf([...common, '--jobs', '2'])).toBe(expected);
      expect(resultOf([...common, '--jobs', '1', ...mysql])).toBe(expected);
      expect(resultOf([...common, '--jobs', '2', ...mysql])).toBe(expected);
    },
  );
});
