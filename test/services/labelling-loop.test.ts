import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder, secuml, smallDataset, writeFiles } from '../e2e/program.js';
import { type MariadbServer, mariadbInstalled, startMariadb } from './mariadb.js';

const begin = ['active-learning', 'P', 'D', '--init-labels', 'none', '--strategy', 'uncertainty', '--batch', '10'];

describe.skipIf(!mariadbInstalled())('a labelling loop with MariaDB', () => {
  let server: MariadbServer;
  let cwd: string;
  let env: Record<string, string>;
  let database: string;
  let mysql: string;

  beforeAll(async () => {
    cwd = scratchFolder();
    writeFiles(cwd, smallDataset('P', 'D', 200));
    server = await startMariadb();
    const made = await server.makeDatabase('labelling_loop');
    database = made.database;
    mysql = `mysql://${made.user}@127.0.0.1:${server.port}/${database}`;
    env = { SECUML_DB_PASSWORD: made.password };
  });

  afterAll(() => server.stop());

  const run = (store: string, ...args: string[]) =>
    secuml([...args, '--db', store, '--output-dir', 'out'], { cwd, env });

  /** A whole loop: begun, left, answered from the truth, its budget made larger, and what it taught learned. */
  function wholeLoop(store: string): { result: string; labels: string; id: string } {
    rmSync(join(cwd, 'out'), { recursive: true, force: true });
    const begun = run(store, ...begin, '--budget', '30', '--no-prompt', '--name', 'mine', '--json');
    expect(begun.status, begun.stderr).toBe(0);
    const { id } = JSON.parse(begun.stdout).run as { id: string };
    const ended = run(store, 'label', id, '--auto');
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('the budget of 30 answers is used up');
    const more = run(store, 'label', id, '--auto', '--budget', '40', '--json');
    expect(more.status, more.stderr).toBe(0);
    expect(run(store, 'classify', 'P', 'D', '--labels', `set:loop-${id}`, '--quiet').status).toBe(0);
    const { run: _, ...rest } = JSON.parse(more.stdout) as Record<string, unknown>;
    const labels = run(store, 'labels', 'export', 'P', 'D', '--label-set', `loop-${id}`, '--output', '-').stdout;
    return { id, result: JSON.stringify(rest), labels };
  }

  it('comes to the same as with SQLite, and the database knows its answers', async () => {
    const sqlite = wholeLoop('sqlite');
    const { id, result, labels } = wholeLoop(mysql);
    expect(result).toBe(sqlite.result);
    expect(labels).toBe(sqlite.labels);
    expect(labels.trimEnd().split('\n')).toHaveLength(41);
    const log = readFileSync(join(cwd, `out/P/D/labels/loop-${id}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    const [{ events }] = await server.admin(`SELECT COUNT(*) AS events FROM ${database}.label_events`);
    expect(Number(events)).toBe(log.length);
    expect(run(mysql, 'list').stdout).toMatch(/mine/);
  }, 240_000);

  it('has its answers in the log, from which the database is made anew', async () => {
    const { status, stdout } = run(mysql, ...begin, '--budget', '20', '--no-prompt', '--json');
    expect(status).toBe(0);
    const { id } = JSON.parse(stdout).run as { id: string };
    const truth = join(cwd, 'input_data/P/D/labels/true_labels.csv');
    const answered = run(mysql, 'label', id, '--answers', truth);
    expect(answered.status, answered.stderr).toBe(0);
    await server.admin(`DELETE FROM ${database}.label_events`);
    expect(run(mysql, 'reindex').status).toBe(0);
    const log = readFileSync(join(cwd, `out/P/D/labels/loop-${id}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    const rows = await server.admin(
      `SELECT COUNT(*) AS events FROM ${database}.label_events WHERE source = 'loop:${id}'`,
    );
    expect(Number(rows[0].events)).toBe(log.length);
  }, 120_000);
});
