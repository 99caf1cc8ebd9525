import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/ml/random/stream.js';
import { scratchFolder, secuml, writeFiles } from './program.js';

/** An export as a SIEM writes it: text ids, dates, words, free text with quotes and line feeds, holes. */
function siemExport(rows: number): string {
  const stream = randomStream(3, 'siem export');
  const pick = (words: readonly string[]): string => words[stream.below(words.length)];
  const lines = [
    'event_id;_time;host;user;dest_port;action;severity;bytes_out;internal;command_line;vendor;verdict;threat',
  ];
  for (let i = 0; i < rows; i++) {
    const bad = stream.float() < 0.3;
    const bytes = stream.float() < 0.05 ? '-' : String(Math.round(Math.exp(stream.normal() + (bad ? 9 : 7))));
    const command = `"${pick(['=cmd|calc', 'powershell -enc ""AA;BB""\nnext', '/bin/sh'])} ${stream.uint32()}"`;
    lines.push(
      [
        `EV-${(stream.uint32() >>> 8).toString(16)}-${i}`,
        new Date(1_709_000_000_000 + i * 61_000).toISOString(),
        `srv-${stream.below(9)}`,
        `user${stream.below(5000)}`,
        pick(['443', '80', '22']),
        pick(bad ? ['blocked', 'allowed'] : ['allowed', 'allowed', 'blocked']),
        pick(bad ? ['high', 'critical', 'low'] : ['low', 'medium', 'high']),
        bytes,
        pick(['true', 'false']),
        command,
        'ACME',
        bad ? 'True Positive' : 'Benign',
        bad ? pick(['phishing', 'beacon']) : '',
      ].join(';'),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

const columns = [
  '--id',
  'event_id',
  '--ident',
  'command_line',
  '--label',
  'verdict',
  '--family',
  'threat',
  '--group',
  'host',
];

describe('secuml import', () => {
  it('makes a dataset of an export that check and classify take at once', () => {
    const cwd = scratchFolder();
    writeFiles(cwd, { 'siem.csv': siemExport(400) });
    const named = ['--project', 'Siem', '--dataset', 'march'];
    const asked = secuml(['import', 'siem.csv', ...named, ...columns], { cwd });
    expect(asked.status).toBe(2);
    expect(asked.stderr).toMatch(/found "Benign" \(\d+ rows\), "True Positive"/);
    expect(asked.stderr).toContain("--malicious 'True Positive'");
    expect(existsSync(join(cwd, 'input_data/Siem'))).toBe(false);

    const made = secuml(['import', 'siem.csv', ...named, ...columns, '--malicious', 'True Positive'], { cwd });
    expect(made.stderr).toContain('next: secuml classify --project Siem --dataset march');
    expect(made.status).toBe(0);
    expect(made.stdout).toMatch(/_time +timestamp +the only dates: ISO 8601/);
    expect(made.stdout).toMatch(/action +one-hot \(2\) +text with 2 different values/);
    expect(made.stdout).toMatch(/user +text with 3\d\d different values: more than 50/);
    for (const line of made.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);

    const checked = secuml(['check', 'Siem', 'march'], { cwd });
    expect(checked.stdout).toContain('no faults');
    expect(checked.status).toBe(0);
    const args = ['classify', ...named, '--no-tuning', '--impute', 'median', '--json', '--quiet'];
    const classified = secuml(args, { cwd });
    expect(classified.stderr).toBe('');
    const { headline } = JSON.parse(classified.stdout) as { headline: Record<string, number> };
    expect(headline['test.rocAuc']).toBeGreaterThan(0.8);
  });

  it('reads standard input, prints a document, and refuses what is there', () => {
    const cwd = scratchFolder();
    const input = siemExport(60);
    const args = ['import', '-', 'Siem', 'march', '--json', '--quiet'];
    const first = secuml(args, { cwd, input });
    expect(first.stderr).toBe('');
    const document = JSON.parse(first.stdout) as { headline: object; source: object; warnings: string[] };
    expect(document.source).toEqual({ file: 'standard input', delimiter: 'semicolon' });
    expect(document.headline).toMatchObject({ instances: 60, columns: 13 });
    expect(document.warnings.join()).toContain('there are no labels');
    const again = secuml(args, { cwd, input });
    expect(again.status).toBe(2);
    expect(again.stderr).toMatch(/is there already\nhint: .*--replace/);
    expect(secuml([...args, '--replace'], { cwd, input }).status).toBe(0);
    const moved = readdirSync(join(cwd, 'input_data/Siem')).filter((name) => name.startsWith('.replaced-'));
    expect(moved).toHaveLength(1);
    expect(existsSync(join(cwd, 'input_data/Siem', moved[0], 'march/idents.csv'))).toBe(true);
  });

  it('keeps hostile texts as data, and off the terminal', () => {
    const cwd = scratchFolder();
    const evil = '\u001b[31mred\u202e';
    const rows = Array.from({ length: 6 }, (_, i) => `${evil}${i},=HYPERLINK("x"),${i * i},${i % 2 ? evil : 'b'}`);
    writeFiles(cwd, { 'e.csv': `name,formula,${evil},word\n${rows.join('\n')}\n` });
    const { status, stdout } = secuml(['import', 'e.csv', 'P', 'D', '--ident', 'formula', '--id', 'name'], { cwd });
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
    expect(readFileSync(join(cwd, 'input_data/P/D/idents.csv'), 'utf8')).toContain(`${evil}0,"=HYPERLINK(""x"")"\n`);
  });

  it('says what is missing on the command line', () => {
    const cwd = scratchFolder();
    expect(secuml(['import'], { cwd })).toMatchObject({ status: 2, stderr: expect.stringContaining('which file?') });
    expect(secuml(['import', 'no.csv'], { cwd }).stderr).toContain('--project and --dataset are needed');
    expect(secuml(['import', 'no.csv', 'P', 'D'], { cwd }).stderr).toContain('no.csv does not exist');
    writeFiles(cwd, { 'a.csv': 'a,b\n1,2\n' });
    expect(secuml(['import', 'a.csv', '..', 'D'], { cwd }).status).toBe(2);
    expect(secuml(['import', 'a.csv', 'P', 'D', '--malicious', 'x'], { cwd }).stderr).toContain('--label COL');
  });
});
