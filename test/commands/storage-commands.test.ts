import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { exampleConfiguration, examplePredictions, exampleResult, exampleStart } from '../workspace/example-result.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-commands-'));
const outputDir = join(folder, 'out');
const configuration = exampleConfiguration(outputDir, { kind: 'sqlite', file: join(outputDir, 'secuml.db') });
const here = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command with streams that are no terminal. */
async function run(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const streams = { stdin: new PassThrough(), stdout, stderr } as never;
  const signal = { cancelled: false };
  const code = await main([...argv, '--output-dir', outputDir], { streams, environment: {}, signal });
  return { code, ...text };
}

async function save(name: string): Promise<string> {
  const workspace = await openWorkspace(configuration);
  const running = await workspace.begin({ ...exampleStart, name });
  await running.finish(exampleResult(examplePredictions(5)));
  await workspace.close();
  return running.id;
}

beforeEach(() => rmSync(outputDir, { recursive: true, force: true }));

describe('list', () => {
  it('says on stderr which database it reads, and what to do where there is nothing', async () => {
    const { code, stdout, stderr } = await run('list');
    expect(code).toBe(0);
    expect(stderr).toBe(`database: SQLite ${join(outputDir, 'secuml.db')}\n`);
    expect(stdout).toMatch(/no experiments yet; for instance: secuml classify/);
  });

  it('shows experiments with their headline figure, and hostile names harmlessly', async () => {
    const id = await save('\u001b[31mred\u202E');
    const { stdout } = await run('list');
    expect(stdout).toMatch(
      new RegExp(
        `${id} +done +classify +P/D +\\\\u\\{1b\\}\\[31mred\\\\u\\{202e\\} .*test\\.rocAuc 0\\.3000 +2\\.5 s +1`,
      ),
    );
    expect(await run('list', '--project', 'other')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no project "other"'),
    });
    const { stdout: json, stderr } = await run('list', 'P', 'D', '--json', '--quiet');
    expect(stderr).toBe('');
    expect(JSON.parse(json)).toMatchObject([
      { id, status: 'done', headline: { name: 'test.rocAuc', value: 0.1 + 0.2 } },
    ]);
  });
});

describe('show', () => {
  it('gives the document, and the schema that it obeys', async () => {
    const id = await save('one');
    const { code, stdout } = await run('show', 'one', '--json');
    expect(code).toBe(0);
    const file = join(outputDir, 'P', 'D', id, 'result.json');
    expect(JSON.parse(stdout)).toStrictEqual(JSON.parse(readFileSync(file, 'utf8')));
    expect((await run('show', 'latest')).stdout).toContain(id);
    expect(JSON.parse((await run('show', '--schema')).stdout)).toMatchObject({ type: 'object', $defs: {} });
  });

  it('ends 2 for none, several, nothing named, and one without a result', async () => {
    await save('one');
    await save('two');
    expect(await run('show')).toMatchObject({ code: 2, stderr: expect.stringContaining('which experiment?') });
    expect(await run('show', 'nope')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no experiment "nope"'),
    });
    expect(await run('show', '2')).toMatchObject({ code: 2, stderr: expect.stringContaining('means 2 experiments') });
    const workspace = await openWorkspace(configuration);
    const failed = await workspace.begin(exampleStart);
    await failed.fail(new Error('no\u001bway'));
    await workspace.close();
    expect(await run('show', failed.id)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('failed: no\\u{1b}way'),
    });
  });
});

describe('remove', () => {
  it('asks for exactly one thing, and for --yes where nobody can be asked', async () => {
    const id = await save('one');
    for (const argv of [
      [],
      ['P', '--interrupted'],
      ['--dataset', 'D'],
      ['P', 'D'],
      ['--experiment', id, '--project', 'P'],
    ]) {
      expect(await run('remove', ...argv, '--yes'), argv.join(' ')).toMatchObject({ code: 2 });
    }
    expect(await run('remove', 'P')).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') });
    expect(existsSync(join(outputDir, 'P', 'D', id))).toBe(true);
    const removed = await run('remove', '--experiment', 'latest', '--yes', '--json');
    expect(removed).toMatchObject({ code: 0, stdout: '{"experiments":1,"labelSets":0}\n' });
    expect(existsSync(join(outputDir, 'P'))).toBe(false);
    expect(await run('remove', 'P', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no results of P'),
    });
    expect(await run('remove', '--interrupted')).toMatchObject({
      code: 0,
      stdout: 'removed: 0 experiments, 0 label sets\n',
    });
  });
});

describe('reindex', () => {
  it('brings back a lost database, ends 1 for what is broken, and asks before it forgets', async () => {
    const [one, two] = [await save('one'), await save('two')];
    for (const name of ['secuml.db', 'secuml.db-wal', 'secuml.db-shm']) rmSync(join(outputDir, name), { force: true });
    expect(await run('list')).toMatchObject({ stdout: expect.stringContaining('no experiments') });
    expect(await run('reindex')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 experiments, 0 label sets'),
    });
    writeFileSync(join(outputDir, 'P', 'D', one, 'rows.bin'), 'x');
    expect(await run('reindex')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`left out: ${join(outputDir, 'P', 'D', one)}`),
    });
    rmSync(join(outputDir, 'P', 'D', two), { recursive: true });
    expect(await run('reindex')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('would forget 1 experiment'),
    });
    expect(await run('show', two)).toMatchObject({ code: 0 });
    expect(await run('reindex', '--yes')).toMatchObject({ code: 1 });
    expect(await run('show', two)).toMatchObject({ code: 2 });
  });
});

describe('init', () => {
  it('writes a configuration once, and says what is ready and what is not', async () => {
    const inputDir = join(folder, 'data');
    mkdirSync(join(inputDir, 'Mail', 'week1'), { recursive: true });
    const nothing = await run('init', '--input-dir', inputDir);
    expect(nothing).toMatchObject({ code: 2, stdout: expect.stringMatching(/missing +datasets +no dataset in/) });
    writeFileSync(join(inputDir, 'Mail', 'week1', 'idents.csv'), 'instance_id,ident\n');
    const ready = await run('init', '--json');
    expect(ready.code).toBe(0);
    expect(JSON.parse(ready.stdout)).toMatchObject([
      { what: 'configuration', ready: true, state: 'secuml.config.json, as it was' },
      { what: 'Node.js', ready: true },
      { what: 'results', ready: true },
      { what: 'database', ready: true, state: `SQLite ${join(outputDir, 'secuml.db')}` },
      { what: 'datasets', ready: true, state: 'Mail/week1' },
    ]);
    expect(JSON.parse(readFileSync('secuml.config.json', 'utf8'))).toStrictEqual({ inputDir, outputDir });
    const unreachable = await run('init', '--db', 'mysql://u@127.0.0.1:1/d');
    expect(unreachable).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/missing +database +no database server answers/),
    });
  });
});
