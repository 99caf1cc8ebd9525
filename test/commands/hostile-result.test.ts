import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { readPanelData, readResultDocument } from '../../src/schema/result-document.js';
import { smallDataset, writeFiles } from '../e2e/run-program.js';
import { temporaryFolder } from '../io/temporary-dataset.js';

/** Sets a title, colours, clears the screen (in one byte, too), turns the direction of text. */
const escapes = '\u001b]0;title\u0007\u001b[31m\u009b2J\r\u202e';

async function run(folder: string, argv: readonly string[]): Promise<{ code: number; printed: string }> {
  let printed = '';
  const stream = (): NodeJS.WriteStream =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed += chunk.toString();
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const streams = { stdin: process.stdin, stdout: stream(), stderr: stream() };
  const at = ['--input-dir', join(folder, 'input_data'), '--output-dir', join(folder, 'output_data'), '--quiet'];
  const code = await main([...argv, ...at], { streams, environment: {}, signal: { cancelled: false } });
  return { code, printed };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The JSON with every text in front of which escapes can stand and the document is still one. */
function withEscapes(document: { [key: string]: Json }): { [key: string]: Json } {
  // The names of files stay, or nothing could be read.
  const { artifacts, ...rest } = document;
  const readable = (): boolean => {
    try {
      const { panels } = readResultDocument({ ...rest, artifacts }, 'x');
      for (const panel of panels) if ('data' in panel) readPanelData(panel.kind, panel.data, 'x');
      return true;
    } catch {
      return false;
    }
  };
  const visit = (value: Json, set: (text: string) => void): void => {
    if (typeof value === 'string') {
      set(escapes + value);
      if (!readable()) set(value);
    } else if (Array.isArray(value)) {
      for (const [k, item] of value.entries()) visit(item, (text) => (value[k] = text));
    } else if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) visit(item, (text) => (value[key] = text));
    }
  };
  visit(rest, () => undefined);
  for (const part of ['settings', 'headline'] as const) {
    Object.assign(rest[part] as object, { [`${escapes}key`]: part === 'settings' ? `${escapes}value` : 1 });
  }
  return { ...rest, artifacts };
}

/** What a terminal would take for more than text: everything but line ends. */
const controls = (text: string): string[] => text.match(/[^\P{C}\n]/gu) ?? [];

describe('a result from somebody who writes to terminals', () => {
  it('is shown, listed and compared as mere text', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, smallDataset('P', 'D', 120));
    const classify = ['classify', '--project', 'P', '--dataset', 'D', '--model', 'gaussian-naive-bayes', '--no-tuning'];
    for (const more of [[], ['--multiclass']])
      expect(await run(folder, [...classify, ...more])).toMatchObject({ code: 0 });
    const ids = readdirSync(join(folder, 'output_data/P/D')).sort();
    for (const id of ids) {
      const file = join(folder, 'output_data/P/D', id, 'result.json');
      writeFileSync(
        file,
        JSON.stringify(withEscapes(JSON.parse(readFileSync(file, 'utf8')) as { [key: string]: Json })),
      );
      expect(readFileSync(file, 'utf8').match(/title/g)?.length).toBeGreaterThan(40);
    }
    for (const argv of [...ids.map((id) => ['show', id]), ['list'], ['compare', ids[0], ids[0]], ['compare', ...ids]]) {
      const { printed } = await run(folder, argv);
      expect(controls(printed), argv.join(' ')).toEqual([]);
    }
    expect((await run(folder, ['show', ids[0]])).printed).toContain('\\u{1b}]0;title');
  });

  it('that cannot be read is refused in mere text', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, smallDataset('P', 'D', 60));
    const model = ['--model', 'gaussian-naive-bayes', '--no-tuning'];
    await run(folder, ['classify', '--project', 'P', '--dataset', 'D', ...model]);
    const [id] = readdirSync(join(folder, 'output_data/P/D'));
    const file = join(folder, 'output_data/P/D', id, 'result.json');
    const document = JSON.parse(readFileSync(file, 'utf8')) as object;
    for (const text of [escapes, JSON.stringify({ ...document, headline: { [`${escapes}key`]: 'no number' } })]) {
      writeFileSync(file, text);
      const { code, printed } = await run(folder, ['show', id]);
      expect(code).toBe(2);
      expect(printed).toContain('is damaged');
      expect(controls(printed)).toEqual([]);
    }
  });
});
