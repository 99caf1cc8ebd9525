import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open-database.js';
import { readResultDocument } from '../../src/schema/result-document.js';
import { reindex } from '../../src/workspace/reindex.js';
import { scanResults } from '../../src/workspace/scan.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { exampleConfiguration } from './example-result.js';

const rounds = 4;
const folder = mkdtempSync(join(tmpdir(), 'secuml-kill-'));
const outputDir = join(folder, 'out');
const address = { kind: 'sqlite', file: join(outputDir, 'secuml.db') } as const;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the writer, kills it at some moment after it printed `word`, and returns the lines it printed. */
async function writeAndKill(delay: number, word: string): Promise<string[]> {
  const script = fileURLToPath(new URL('./save-for-ever.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, outputDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(word)) resolve();
    });
    child.once('exit', () => reject(new Error('the writer ended by itself')));
  });
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill('SIGKILL');
  await ended;
  // The last line may be cut: it tells nothing.
  return text.split('\n').slice(0, -1);
}

function checkFiles(directory: string): void {
  const path = join(directory, 'result.json');
  const document = readResultDocument(JSON.parse(readFileSync(path, 'utf8')), path);
  expect(document.artifacts.map(({ name }) => name)).toStrictEqual([
    'model.json',
    'panels/3-roc-curve.json',
    'predictions.csv',
    'rows.bin',
  ]);
  for (const { name, bytes, sha256 } of document.artifacts) {
    const content = readFileSync(join(directory, name));
    expect(content.length, name).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
  }
  expect(existsSync(join(directory, '.owner.json'))).toBe(false);
}

it('looks finished only when it is, whenever the processes that write at once are killed', async () => {
  const saved: string[] = [];
  const labels: string[] = [];
  for (let round = 0; round < rounds; round++) {
    // Two at once: they share the database, the folder of the dataset and its label set.
    // The last round waits for a result, however slow the machine is.
    const word = round === rounds - 1 ? 'saved ' : 'ready';
    const lines = (await Promise.all([1, 2].map(() => writeAndKill(Math.random() * 900, word)))).flat();
    saved.push(...lines.filter((line) => line.startsWith('saved ')).map((line) => line.split(' ')[1]));
    labels.push(...lines.filter((line) => line.startsWith('label ')).map((line) => line.split(' ').slice(1).join(' ')));

    const workspace = await openWorkspace(exampleConfiguration(outputDir, address));
    const records = await workspace.list();
    for (const record of records) {
      expect(['done', 'interrupted']).toContain(record.status);
      if (record.status === 'done') checkFiles(record.directory);
    }
    const done = new Set(records.filter(({ status }) => status === 'done').map(({ id }) => id));
    for (const id of saved) expect(done, 'what was said to be saved is there').toContain(id);
    const store = await openDatabase(address);
    for (const id of done) {
      const rows = await store.db
        .selectFrom('predictions')
        .select('row_index')
        .where('experiment_id', '=', id)
        .execute();
      expect(rows, 'a finished experiment has all its rows').toHaveLength(6000);
    }
    await store.close();
    const known = await workspace.labels.events({ project: 'P', dataset: 'D', set: 'main' });
    const events = known.map(({ n, instance_id: id }) => `${n} ${id}`);
    for (const label of labels) expect(events, 'an acknowledged label is there').toContain(label);
    expect(known.map(({ n }) => n)).toStrictEqual(known.map((_, i) => i + 1));
    await workspace.close();
  }
  expect(saved.length).toBeGreaterThan(0);

  const found = (await scanResults(outputDir)).flatMap(({ experiments }) => experiments);
  const whole = found.filter(({ state }) => state === 'finished');
  for (const { directory } of whole) checkFiles(directory);
  const report = await reindex({ address, outputDir, dbRows: 'auto' });
  expect(report.broken).toStrictEqual([]);
  expect(report.experiments).toBe(whole.length);

  const workspace = await openWorkspace(exampleConfiguration(outputDir, address));
  await workspace.remove(await workspace.removePlan({ interrupted: true }), { labelsToo: false });
  const rest = (await scanResults(outputDir)).flatMap(({ experiments }) => experiments);
  expect(rest.map(({ state }) => state)).toStrictEqual(whole.map(() => 'finished'));
  expect((await workspace.list()).map(({ id, status }) => [id, status])).toStrictEqual(
    whole.map(({ id }) => [id, 'done']),
  );
  await workspace.close();
});
