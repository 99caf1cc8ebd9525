import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LabelLog } from '../../../src/io/results/label-log.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const newPath = (): string => join(folder, `${count++}`, 'labels', 'main.jsonl');
const draft = (id: string, label: 'malicious' | 'benign' | null = 'malicious') => {
  return {
    at: '2026-01-01T00:00:00.000Z',
    author: null,
    instance_id: id,
    ident: id,
    label,
    family: null,
    source: null,
    iteration: null,
  };
};

describe('a label log', () => {
  it('numbers events, tells what was before, and folds to what holds', async () => {
    const log = new LabelLog(newPath());
    expect(await log.refresh()).toBe(false);
    await log.append([draft('a'), draft('b', 'benign'), draft('a', 'benign'), draft('a', null)]);
    expect(log.events.map(({ n, previous }) => [n, previous?.label])).toStrictEqual([
      [1, undefined],
      [2, undefined],
      [3, 'malicious'],
      [4, 'benign'],
    ]);
    expect([...log.current.keys()]).toStrictEqual(['b']);
    const again = new LabelLog(log.path);
    await again.refresh();
    expect(again.events).toStrictEqual(log.events);
    const line = readFileSync(log.path, 'utf8').split('\n')[0];
    const names = ['n', 'at', 'author', 'instance_id', 'ident', 'label', 'family', 'previous', 'source', 'iteration'];
    expect(Object.keys(JSON.parse(line))).toStrictEqual(names);
  });

  it('drops a torn last line with a warning, wherever it was torn, and goes on behind the last whole one', async () => {
    const path = newPath();
    await new LabelLog(path).append([draft('a'), draft('b'), draft('ü😀')]);
    const whole = readFileSync(path);
    const second = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let length = second + 1; length < whole.length; length++) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const log = new LabelLog(path);
      await log.refresh();
      expect(log.events).toHaveLength(2);
      expect(log.warnings).toHaveLength(1);
      await log.append([draft('c')]);
      const after = new LabelLog(path);
      await after.refresh();
      expect(after.warnings).toStrictEqual([]);
      expect(after.events.map(({ n, instance_id: id }) => [n, id])).toStrictEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
    }
  });

  it('leaves out a damaged line and says which, and counts on where a number comes twice', async () => {
    const path = newPath();
    const log = new LabelLog(path);
    await log.append([draft('a')]);
    appendFileSync(path, '{"n": 2\n\0\0\0\n\n');
    const lines = readFileSync(path, 'utf8').split('\n');
    appendFileSync(path, `${lines[0].replace('"a"', '"b"')}\n`);
    await log.refresh();
    expect(log.events.map(({ n, instance_id: id }) => [n, id])).toStrictEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(log.warnings).toHaveLength(3);
    expect(log.warnings[0]).toContain('main.jsonl:2: found {"n": 2, expected a label event');
    expect(log.warnings[1]).toContain('\\u{0}');
    expect(log.warnings[2]).toContain('main.jsonl:5: number 1 came after 1');
  });

  it('takes lines once, however many ask at once', async () => {
    const path = newPath();
    await new LabelLog(path).append(Array.from({ length: 200 }, (_, i) => draft(`i${i}`)));
    const log = new LabelLog(path);
    await Promise.all([log.refresh(), log.refresh(), log.append([draft('x')]), log.refresh()]);
    expect(log.events).toHaveLength(201);
    expect(log.warnings).toStrictEqual([]);
  });

  it('forgets a file that was moved away, and reads another one under its name', async () => {
    const path = newPath();
    const log = new LabelLog(path);
    await log.append([draft('a')]);
    renameSync(path, `${path}.aside`);
    expect(await log.refresh()).toBe(false);
    expect(log.events).toStrictEqual([]);
    await new LabelLog(path).append([draft('b'), draft('c')]);
    await log.refresh();
    expect([...log.current.keys()]).toStrictEqual(['b', 'c']);
  });
});
