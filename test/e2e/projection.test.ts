import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocumentSchema } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(args, { cwd });

beforeAll(() => writeFiles(cwd, smallDataset('P', 'D', 200)));

describe('secuml projection', () => {
  it('writes coordinates for people, as CSV, and into the database', () => {
    const { status, stdout } = run('projection', 'P', 'D', '--components', '3', '--name', 'looked at');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Components 1 \(across\) and 2 \(upwards\)/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(150);
    const document = resultDocumentSchema.parse(JSON.parse(run('show', 'looked at', '--json').stdout));
    expect(document.kind).toBe('projection');
    const folder = join(cwd, 'output_data/P/D', document.run.id);
    const csv = readFileSync(join(folder, 'coordinates.csv'), 'utf8');
    const [header, ...lines] = csv.trimEnd().split('\n');
    expect(header).toBe('instance_id,ident,c1,c2,c3,label,family');
    expect(lines).toHaveLength(200);
    expect(readFileSync(join(folder, 'axes.csv'), 'utf8').split('\n')[0]).toBe('feature,c1,c2,c3');
    expect(run('export', 'looked at', '--format', 'csv').stdout).toBe(csv);
    expect(run('show', 'looked at').stdout).toContain(stdout.trimEnd());
    expect(run('reindex').status).toBe(0);
    expect(run('export', 'looked at', '--format', 'html', '--output', 'report.html').status).toBe(0);
  });

  it('gives the same result again, on any number of threads', () => {
    const result = (...args: string[]): string => {
      const {
        run: _,
        artifacts,
        ...rest
      } = JSON.parse(run('projection', 'P', 'D', '--json', '--quiet', ...args).stdout) as ResultDocument;
      return JSON.stringify([rest, artifacts]);
    };
    for (const algorithm of ['pca', 'tsne', 'itml']) {
      const of = ['--algorithm', algorithm];
      expect(result('--jobs', '1', ...of)).toBe(result('--jobs', '2', ...of));
    }
  });

  it('asserts on its figures', () => {
    const assert = (expression: string) => run('projection', 'P', 'D', '--quiet', '--assert', expression).status;
    expect(assert('explainedVariance >= 0.01')).toBe(0);
    expect(assert('trustworthiness > 1')).toBe(1);
    expect(assert('rocAuc > 1')).toBe(2);
  });

  it('refuses what it cannot do', () => {
    for (const [args, message] of [
      [['--algorithm', 'pcaa'], 'did you mean "pca"?'],
      [['--components', '2000'], 'pca has at most'],
      [['--components', '0'], 'at least 1'],
      [['--algorithm', 'lda', '--components', '2'], 'lda has at most 1 here'],
      [['--param', 'speed=3'], 'has no parameter "speed"'],
    ] as const) {
      const { status, stderr } = run('projection', 'P', 'D', ...args);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
    expect(JSON.stringify(JSON.parse(run('list', '--json').stdout))).not.toContain('"failed"');
  });
});
