import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ComparisonDocument, comparisonSchema } from '../../src/schema/comparison.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(args, { cwd });

function classify(dataset: string, name: string, ...args: string[]): void {
  const { status, stderr } = run('classify', 'P', dataset, '--no-tuning', '--quiet', '--name', name, ...args);
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
}

beforeAll(() => {
  writeFiles(cwd, { ...smallDataset('P', 'D', 300), ...smallDataset('P', 'E', 100, 2) });
  classify('D', 'linear', '--test-size', '0.4');
  classify('D', 'shallow', '--test-size', '0.4', '--model', 'decision-tree', '--param', 'max_depth=1');
  classify('D', 'crossed', '--validation', 'cv', '--param', 'C=0.0001');
  classify('E', 'elsewhere');
});

function document(...args: string[]): ComparisonDocument {
  const { status, stdout, stderr } = run('compare', ...args, '--json', '--quiet');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return comparisonSchema.parse(JSON.parse(stdout));
}

describe('secuml compare', () => {
  it('shows figures, the test and the changed verdicts of two experiments in 100 columns', () => {
    const { status, stdout, stderr } = run('compare', 'linear', 'shallow');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^database: SQLite/);
    expect(stdout).toMatch(
      /^A +\S+ +linear +logistic-regression +test, 1\d\d instances\nB +\S+ +shallow +decision-tree/,
    );
    expect(stdout).toMatch(/ROC AUC +0\.\d{4} +0\.\d{4} +-0\.\d{4} ▼ +\[-0\.\d{4}, -0\.\d{4}\]/);
    expect(stdout).toMatch(/McNemar's test: p [<=] /);
    expect(stdout).toMatch(/instances change their verdict/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('has the figures that the experiments themselves have, where they judged the same part', () => {
    const { pairs } = document('linear', 'shallow');
    const headline = (name: string): Record<string, number> =>
      (JSON.parse(run('show', name, '--json').stdout) as { headline: Record<string, number> }).headline;
    const [linear, shallow] = [headline('linear'), headline('shallow')];
    for (const { name, baseline, other } of pairs[0].figures) {
      expect([name, baseline, other]).toEqual([name, linear[`test.${name}`], shallow[`test.${name}`]]);
    }
  });

  it('compares a test part with a cross-validation on the instances of the test part, and says so', () => {
    const { baseline, pairs } = document('linear', 'shallow', 'crossed');
    expect(pairs.map(({ other }) => other.part)).toEqual(['test', 'cv']);
    expect(pairs[1].rows).toMatchObject({ common: baseline.instances, onlyOther: 300 - baseline.instances });
    expect(pairs[1].notes.join()).toContain('part test is compared with part cv');
    expect(pairs[1].settings.map(({ name }) => name)).toContain('params.C');
  });

  it('writes every changed verdict, and prints the same bytes twice', () => {
    const { pairs } = document('linear', 'shallow', '--rows', '3', '--output', 'changed.csv');
    const lines = readFileSync(join(cwd, 'changed.csv'), 'utf8').trimEnd().split('\n');
    expect(pairs[0].changes.rows).toHaveLength(3);
    expect(lines).toHaveLength(1 + pairs[0].changes.total);
    expect(lines[1].startsWith(`${pairs[0].changes.rows[0].instanceId},`)).toBe(true);
    const out = run('compare', 'linear', 'shallow', '--output', '-');
    expect(out.stdout.trimEnd().split('\n')).toEqual(lines);
    expect(document('linear', 'shallow', '--rows', '3')).toEqual(document('linear', 'shallow', '--rows', '3'));
  });

  it('refuses what cannot be compared, in plain words', () => {
    const refused = (...args: string[]): string => {
      const { status, stderr } = run('compare', ...args);
      expect(status).toBe(2);
      return stderr;
    };
    expect(refused('linear')).toContain('at least two are needed');
    expect(refused('linear', 'linear')).toContain('which is named before');
    expect(refused('linear', 'latest')).toMatch(/judged nothing in common:\n.*test \(of P\/D\)[^]*test \(of P\/E\)/);
    expect(refused('linear', 'crossed', '--part', 'test')).toMatch(
      /has no part "test"\nhint: its parts are: cv, fold\.0/,
    );
    expect(refused('linear', 'nothing')).toContain('no experiment "nothing"');
  });
});
