import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, secuml, writeFiles } from './program.js';

const at = 'input_data/P/D';
const ids = ['1', '2', '3', '10', '=a,"b"', 'ß'];
const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const answers = `instance_id,label,family
1,malicious,worm
2,malicious,worm
3,malicious,"=bot,""x"""
10,benign,
"=a,""b""",benign,office
`;

/** A folder with a dataset and, in the set main, those answers. */
function labelled(): string {
  const cwd = scratchFolder();
  writeFiles(cwd, {
    [`${at}/idents.csv`]: `instance_id,ident\n${ids.map((id) => `${quoted(id)},the file ${quoted(id).replaceAll(/[",]/g, '')}`).join('\n')}\n`,
    [`${at}/features/features.csv`]: `instance_id,a\n${ids.map((id, i) => `${quoted(id)},${i}`).join('\n')}\n`,
    'answers.csv': answers,
  });
  const { status, stderr } = secuml(['labels', 'import', 'P', 'D', 'answers.csv', '--yes', '--author', 'ann'], { cwd });
  expect(stderr).toContain('5 labels given');
  expect(status).toBe(0);
  return cwd;
}

/** One JSON document of stdout; nothing else may be there. */
function json(args: readonly string[], cwd: string): Record<string, unknown> {
  const { stdout, stderr, status } = secuml([...args, '--json', '--quiet'], { cwd });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('secuml labels', () => {
  it('gives back exactly what it was given, also as a labels file of the dataset', () => {
    const cwd = labelled();
    expect(secuml(['labels', 'export', 'P', 'D'], { cwd }).stdout).toBe(answers);
    const file = join(at, 'labels', 'mine.csv');
    writeFiles(cwd, { [file]: '' });
    const saved = secuml(['labels', 'export', 'P', 'D', '--output', file], { cwd });
    expect(saved.stderr).toContain('5 labels');
    expect(readFileSync(join(cwd, file), 'utf8')).toBe(answers);
    const checked = secuml(['check', 'P', 'D', '--labels', 'mine.csv'], { cwd });
    expect(checked.stdout).toContain('no faults');
    const again = secuml(['labels', 'import', 'P', 'D', file, '--replace', '--yes'], { cwd });
    expect(again.stdout).toContain('there is nothing to change');
    expect(json(['labels', 'export', 'P', 'D'], cwd).labels).toHaveLength(5);
  });

  it('names faults by file, line and column, and then imports nothing', () => {
    const cwd = labelled();
    writeFiles(cwd, { 'bad.csv': 'instance_id,label,family\n1,malicious,x\n99,benign,\n2,maybe,\n1,benign,\n' });
    const { status, stderr } = secuml(['labels', 'import', 'P', 'D', 'bad.csv', '--yes'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('bad.csv:3:instance_id: found unknown instance_id "99"');
    expect(stderr).toContain('bad.csv:4:label: found "maybe"');
    expect(stderr).toContain('bad.csv:5:instance_id: found instance_id "1" again (first in line 2)');
    expect(secuml(['labels', 'export', 'P', 'D'], { cwd }).stdout).toBe(answers);
    const missing = secuml(['labels', 'import', 'P', 'D', 'no.csv', '--yes'], { cwd });
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining('no.csv') });
  });

  it('asks, and without a terminal changes nothing unless --yes is said', () => {
    const cwd = labelled();
    writeFiles(cwd, { 'one.csv': 'instance_id,label\n1,benign\nß,malicious\n' });
    const asked = secuml(['labels', 'import', 'P', 'D', 'one.csv'], { cwd });
    expect(asked.status).toBe(2);
    expect(asked.stderr).toContain('2 labels would change: add --yes');
    const tried = secuml(['labels', 'import', 'P', 'D', 'one.csv', '--dry-run'], { cwd });
    expect(tried).toMatchObject({ status: 0, stdout: 'import one.csv: would change 2 labels of main of P/D\n' });
    expect(secuml(['labels', 'export', 'P', 'D'], { cwd }).stdout).toBe(answers);
    const kept = secuml(['labels', 'import', 'P', 'D', 'one.csv', '--keep', '--yes', '--label-set', 'other'], { cwd });
    expect(kept.stderr).toContain('secuml labels undo P D --label-set other');
    expect(readdirSync(join(cwd, 'output_data/P/D/labels')).filter((name) => name.endsWith('.jsonl'))).toStrictEqual([
      'main.jsonl',
      'other.jsonl',
    ]);
    const sets = json(['labels', 'list'], cwd) as unknown as { set: string; labels: number; families: number }[];
    expect(sets.map(({ set, labels, families }) => [set, labels, families])).toStrictEqual([
      ['main', 5, 3],
      ['other', 2, 0],
    ]);
  });

  it('tells what was done, and takes it back, one operation after the other', () => {
    const cwd = labelled();
    const family = (...args: string[]) => secuml(['family', ...args, '--yes'], { cwd });
    expect(family('rename', 'P', 'D', 'worm', 'zbot').stdout).toBe(
      'rename "worm" to "zbot": 2 labels changed (main of P/D, events 6 to 7)\n',
    );
    expect(family('swap', 'P', 'D', 'office').status).toBe(0);
    const log = secuml(['labels', 'log', 'P', 'D'], { cwd });
    expect(log.stdout.split('\n').map((line) => line.replaceAll(/ {2,}\S+ \S+ {2,}\S+ {2,}/g, ' | '))).toStrictEqual([
      expect.stringMatching(/^event/),
      '1-5 | import: 5 labels given',
      '6-7 | rename "worm" to "zbot" (2)',
      '8 | swap "office" to malicious (1)',
      '',
    ]);
    const undo = ['labels', 'undo', 'P', 'D', '--yes'];
    const before = json(['labels', 'log', 'P', 'D', '--instance', '1'], cwd).events as { source: string }[];
    expect(before.map(({ source }) => source)).toStrictEqual(['labels import 1-5', 'family rename 6-7']);
    expect(json([...undo], cwd)).toMatchObject({ operation: 'labels undo', changed: 1, range: { first: 9, last: 9 } });
    expect(secuml(undo, { cwd }).stdout).toContain(
      'take back events 6 to 7: rename "worm" to "zbot": 2 labels changed',
    );
    expect(secuml(['labels', 'export', 'P', 'D'], { cwd }).stdout).toBe(answers);
    expect(secuml(undo, { cwd }).status).toBe(0);
    expect(secuml(['labels', 'export', 'P', 'D'], { cwd }).stdout).toBe('instance_id,label,family\n');
    expect(secuml(undo, { cwd })).toMatchObject({ status: 2, stderr: expect.stringContaining('no operation') });
    const events = json(['labels', 'log', 'P', 'D', '--all'], cwd).events as { n: number }[];
    expect(events.map(({ n }) => n)).toStrictEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  });
});

describe('secuml family', () => {
  it('merges, splits and lists families', () => {
    const cwd = labelled();
    const merged = json(
      ['family', 'merge', 'P', 'D', 'worm', '=bot,"x"', '--into', 'm', '--yes', '--author', 'b'],
      cwd,
    );
    expect(merged).toMatchObject({ operation: 'family merge', changed: 3, dryRun: false, set: 'main' });
    writeFiles(cwd, { 'ids.txt': '2\n3\n' });
    const split = ['family', 'split', 'P', 'D', 'm', '--ids', '1', '--ids-file', 'ids.txt', '--into', 'n', '--dry-run'];
    expect(secuml(split, { cwd }).stderr).toContain('note: nothing is left of "m"');
    json(['family', 'split', 'P', 'D', 'm', '--ids-file', 'ids.txt', '--into', 'n', '--yes'], cwd);
    json(['family', 'rename', 'P', 'D', '--unnamed', 'plain', '--yes'], cwd);
    expect(json(['family', 'list', 'P', 'D'], cwd).families).toStrictEqual([
      { family: 'n', label: 'malicious', instances: 2 },
      { family: 'm', label: 'malicious', instances: 1 },
      { family: 'office', label: 'benign', instances: 1 },
      { family: 'plain', label: 'benign', instances: 1 },
    ]);
    expect(secuml(['family', 'list', 'P', 'D'], { cwd }).stdout).toMatch(
      /n +malicious +2 +█{24}\nm +malicious +1 +█{12}\n/,
    );
    const events = json(['labels', 'log', 'P', 'D', '--instance', '3'], cwd).events as { author: string }[];
    expect(events.map(({ author }) => author).slice(0, 2)).toStrictEqual(['ann', 'b']);
  });

  it.each<[args: string[], told: string]>([
    [['rename', 'P', 'D', 'worm'], 'secuml family rename PROJECT DATASET FAMILY NAME'],
    [['rename', 'P', 'D', 'worm', 'a', 'b'], 'too many arguments'],
    [['rename', 'P', 'D', 'wurm', 'a'], 'no family "wurm" (did you mean "worm"?)'],
    [['rename', 'P', 'D', 'worm', ' '], 'the new name of the family is empty'],
    [['rename', 'P', 'D', 'worm', 'f'.repeat(191)], 'expected 1 to 190 characters'],
    [['rename', 'P', 'X', 'worm', 'a'], 'P/X has no label set "main"'],
    [['rename', '..', 'D', 'worm', 'a'], 'a name does not begin with a dot'],
    [['merge', 'P', 'D', 'worm'], 'into which family?'],
    [['merge', 'P', 'D', 'worm', 'office', '--into', 'm'], 'cannot be one: swap the label'],
    [['split', 'P', 'D', 'worm', '--into', 'm'], 'which instances?'],
    [['split', 'P', 'D', 'worm', '--into', 'm', '--ids', '1,10'], '10 is benign (no family)'],
    [['swap', 'P', 'D', '--unnamed', '--label', 'malicious'], 'no malicious instance of the label set is without'],
    [['nope'], "unknown command 'nope'"],
    [[], 'make one family of several'],
  ])('refuses family %j', (args, told) => {
    const { status, stderr } = secuml(['family', ...args, ...(args.length > 1 ? ['--yes'] : [])], { cwd: shared() });
    expect(stderr).toContain(told);
    expect(status).toBe(2);
  });

  it('helps with each of its commands', () => {
    expect(secuml(['help', 'family', 'merge']).stdout).toContain('--into <name>');
    expect(secuml(['family', 'merge', '--help']).stdout).toContain('Examples:');
    const group = secuml(['help', 'family']).stdout;
    expect(group).toContain('make one family of several');
    expect(group).toMatch(
      /\nExamples:\n( {2}secuml family (list|rename|merge|split|swap) .+\n){5}\nsecuml help family list/,
    );
  });
});

let folder: string | undefined;
/** What is refused changes nothing: those tests share a folder. */
function shared(): string {
  return (folder ??= labelled());
}
