import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTerminal, type Seen, type Step, type TerminalOptions } from '../terminal/labelling/in-terminal.js';
import { root, scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const program = join(root, 'dist/secuml.js');
const begin = ['active-learning', 'P', 'D', '--strategy', 'uncertainty', '--batch', '4', '--author', 'anna'];

/** A folder with a dataset of which a few instances are labelled. */
function labelledFolder(): string {
  const folder = scratchFolder();
  const files = smallDataset('P', 'D', 120);
  const truth = files['input_data/P/D/labels/true_labels.csv'].split('\n');
  writeFiles(folder, { ...files, 'input_data/P/D/labels/init_labels.csv': `${truth.slice(0, 21).join('\n')}\n` });
  return folder;
}

function play(cwd: string, args: readonly string[], steps: readonly Step[], options?: TerminalOptions): Seen {
  const env = { SECUML_OUTPUT_DIR: null, ...options?.env };
  return inTerminal([process.execPath, program, ...args], steps, { ...options, cwd, env });
}

/** The answers in the label log that the loop's questions were given. */
function answers(cwd: string): { label: string | null; family: string | null; author: string }[] {
  const lines = readFileSync(join(cwd, 'output_data/P/D/labels/mine.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ source }) => source.startsWith('loop:'));
}

describe('a labelling loop in the terminal', () => {
  it('is answered, killed, gone on with, and ended', () => {
    const cwd = labelledFolder();
    const killed = play(
      cwd,
      [...begin, '--label-set', 'mine', '--budget', '8'],
      [
        { see: 'query 1 of 4 · iteration 1' },
        { see: 'value' },
        { type: 'm' },
        { see: 'query 1 malicious: kept' },
        { type: 'f' },
        { type: 'brand new\r' },
        { see: 'query 2 malicious · brand new: kept' },
        { signal: 'SIGKILL' },
      ],
    );
    expect(killed.status).toBe(-9);
    const resumed = play(
      cwd,
      ['label', 'latest', '--author', 'anna'],
      [
        { see: '2 of 4 done' },
        { see: 'query 3 of 4' },
        { type: 'u' },
        { see: 'taken back: query 2' },
        { type: 'b' },
        { see: 'query 2 benign: kept' },
        { type: 's?' },
        { see: 'query 1 of 4 · iteration 2' },
        { type: 'bbbb' },
        { see: 'of 2 · iteration 3' },
        { type: 'mm' },
        { see: 'Finished: the budget of 8 answers is used up' },
        { type: 'q' },
      ],
    );
    expect(resumed.status).toBe(0);
    expect(resumed.restored).toBe(true);
    const given = answers(cwd);
    expect(given.filter(({ label }) => label !== null)).toHaveLength(9);
    expect(given.every(({ author }) => author === 'anna')).toBe(true);
  });

  it('is left by Ctrl-C with everything kept, and can be gone on with', () => {
    const cwd = labelledFolder();
    const left = play(
      cwd,
      [...begin, '--label-set', 'mine'],
      [{ see: 'query 1 of 4' }, { type: 'm' }, { see: 'kept' }, { type: '\u0003' }],
    );
    expect(left.restored).toBe(true);
    expect(left.sent).toContain('to go on: secuml label ');
    expect(answers(cwd)).toHaveLength(1);
  });

  it('asks in lines through a pipe', () => {
    const cwd = labelledFolder();
    const piped = secuml([...begin, '--label-set', 'mine', '--budget', '5', '--plain'], {
      cwd,
      input: 'm\nb\n1\nm brand new\nb\nm\n',
    });
    expect(piped.status, piped.stderr).toBe(0);
    expect(piped.stdout).toContain('Query 1 of 4');
    expect(piped.stdout).toContain('query 4 malicious, family brand new: kept');
    expect(piped.stdout).toContain('Finished: the budget of 5 answers is used up');
    expect(answers(cwd)).toHaveLength(5);
  });
});
