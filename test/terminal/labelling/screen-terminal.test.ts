import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { inTerminal, type Seen, type Step, type TerminalOptions } from './in-terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-screen-'));
const program = join(folder, 'screen-program.mjs');
buildSync({
  entryPoints: [join(import.meta.dirname, 'screen-program.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
});

afterAll(() => rmSync(folder, { recursive: true }));

function play(loop: object, steps: readonly Step[], options?: TerminalOptions): Seen {
  return inTerminal([process.execPath, program, JSON.stringify(loop)], steps, options);
}

const last = (seen: Seen): unknown => JSON.parse(/\{.*\}/.exec(seen.left)?.[0] ?? 'null');

describe('the labelling screen in a terminal', () => {
  it('answers, takes back, and gives the terminal back', () => {
    const seen = play({ features: 40 }, [
      { see: 'query 1 of 6' },
      { type: 'm' },
      { see: 'query 1 malicious: kept' },
      { type: '\r' },
      { see: 'query 3 of 6' },
      { type: 'f' },
      { type: 'brand new\r' },
      { see: 'brand new: kept' },
      { type: 'u' },
      { see: 'taken back: query 3' },
      { type: 'q' },
    ]);
    expect(seen.status).toBe(0);
    expect(seen.restored).toBe(true);
    expect(last(seen)).toEqual({ ended: 'quit', answers: 3, events: 4 });
    expect(seen.left).toContain('to go on: secuml label m-1');
    expect(seen.sent).toContain('\u001b[31m');
  });

  it('follows the size, down to a word that it is too small', () => {
    const seen = play({ features: 40 }, [
      { see: 'feature_5_' },
      { keep: 'middle' },
      { resize: [120, 40] },
      { see: 'feature_20_' },
      { see: 'next iteration' },
      { keep: 'large' },
      { resize: [60, 15] },
      { gone: 'feature_20_' },
      { see: 'f family  h help' },
      { keep: 'small' },
      { resize: [59, 15] },
      { see: 'This terminal has 59 x 15' },
      { type: 'm' },
      { resize: [80, 24] },
      { see: 'query 1 of 6' },
      { type: 'q' },
    ]);
    expect(seen.kept.middle.split('\n').every((line) => Array.from(line).length <= 80)).toBe(true);
    expect(seen.kept.large).toContain('next iteration');
    expect(seen.kept.small).toMatch(/feature_1_/);
    expect(last(seen)).toEqual({ ended: 'quit', answers: 0, events: 0 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('gives the terminal back at %s', (signal) => {
    const seen = play({}, [{ see: 'query 1 of 6' }, { type: 'm' }, { see: 'kept' }, { signal }]);
    expect(seen.status).toBe(130);
    expect(seen.restored).toBe(true);
    expect(last(seen)).toEqual({ ended: 'interrupted', answers: 1, events: 1 });
  });

  it.each([{}, { plain: true }])('ends without a crash when the connection breaks: %o', (mode) => {
    const [first, second] = mode.plain ? ['Answer:', 'Query 2 of 6'] : ['query 1 of 6', 'query 2 of 6'];
    const steps = [{ see: first }, { type: '\r' }, { see: second }, { 'hang up': true }] as const;
    const seen = play(mode, steps, { rows: 60 });
    // By SIGHUP.
    expect(seen.status).toBe(-1);
  });

  it('gives the terminal back while it is stopped, and draws again when it goes on', () => {
    const seen = play({}, [
      { see: 'query 1 of 6' },
      { signal: 'SIGTSTP' },
      { stopped: true },
      { keep: 'meanwhile' },
      { signal: 'SIGCONT' },
      { see: 'query 1 of 6' },
      { type: 'm' },
      { see: 'kept' },
      { type: '\u0003' },
    ]);
    expect(seen.kept.stopped).toBe('as it was');
    expect(seen.kept.meanwhile).not.toContain('query 1 of 6');
    expect(seen.status).toBe(130);
    expect(seen.restored).toBe(true);
  });

  it('gives the terminal back when something breaks', () => {
    const seen = play({ breaks: true }, [{ see: 'query 1 of 6' }, { type: 'm' }]);
    expect(seen.status).toBe(1);
    expect(seen.restored).toBe(true);
    expect(seen.left).toContain('something broke');
  });

  it('shows answers given elsewhere, and the queries as they come', () => {
    const seen = play({ batch: 2, stepwise: true, someone: 2 }, [
      { see: 'query 1 of 2' },
      { type: 'm' },
      { see: 'query 2 of 2' },
      { signal: 'SIGUSR2' },
      { see: 'anna' },
      { keep: 'elsewhere' },
      { type: '\t' },
      { see: 'Iteration 2: computing' },
      { signal: 'SIGUSR2' },
      { see: '2 of 4' },
      { signal: 'SIGUSR2' },
      { see: 'query 1 of 1+' },
      { type: 'q' },
    ]);
    expect(seen.kept.elsewhere).toContain('label    benign · ftp   anna');
  });

  it('has no colours under NO_COLOR, and only ASCII in another locale', () => {
    const steps = [
      { see: 'query 1 of 6' },
      { keep: 'first' },
      { type: 'sss' },
      { see: 'query 4 of 6' },
      { keep: 'fourth' },
      { type: 'q' },
    ];
    const seen = play({ hostile: true }, steps, { env: { NO_COLOR: '1', LC_ALL: 'C' } });
    expect(seen.sent.replaceAll('\u001b[0m', '')).not.toMatch(/\[[0-9;]+m(?!ink)/);
    expect(Array.from(seen.sent).every((character) => character <= '~')).toBe(true);
    expect(seen.kept.first).toContain('red \\u{1b}[31mink\\u{7}');
    expect(seen.kept.fourth).toContain('xxxxx~xxxxx');
  });
});

describe('Ctrl-Z', () => {
  it('stops the program, and its shell has the terminal', () => {
    const steps: Step[] = [{ see: 'query 1 of 6' }, { type: '\u001a' }, { stopped: true }, { signal: 'SIGCONT' }];
    const seen = play({}, [...steps, { see: 'query 1 of 6' }, { type: 'q' }]);
    expect(seen.kept.stopped).toBe('as it was');
    expect(seen.status).toBe(0);
  });
});

describe('the line mode in a terminal', () => {
  it('asks in lines where the terminal can do no more', () => {
    const seen = play(
      {},
      [
        { see: 'Answer:' },
        { type: 'm brand new\r' },
        { see: 'Query 2 of 6' },
        { type: '\r' },
        { see: 'Query 3 of 6' },
        { type: 'u\r' },
        { see: 'taken back: query 2' },
        { pause: 0.1 },
        { type: 'q\r' },
      ],
      { env: { TERM: 'dumb' }, rows: 60 },
    );
    expect(seen.status).toBe(0);
    expect(seen.sent).not.toContain('\u001b');
    expect(last(seen)).toEqual({ ended: 'quit', answers: 2, events: 3 });
  });
});
