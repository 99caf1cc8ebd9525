import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readResultDocument } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(['classify', 'P', 'D', '--no-tuning', ...args], { cwd });

beforeAll(() => writeFiles(cwd, { ...smallDataset('P', 'D', 200), ...smallDataset('P', 'later', 80, 2) }));

describe('secuml classify --alerts', () => {
  it('writes all alerts as CSV and some into the document, told to people too', () => {
    const { status, stdout } = run('--alerts', 'top,clusters', '--alerts', 'families', '--validation-dataset', 'later');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Alerts of dataset later: \d+ of 80 instances: \d+ malicious/);
    expect(stdout).toMatch(/rank {2}the highest/);
    expect(stdout).toMatch(/k-means, standardised features of the alerts/);
    expect(stdout).toMatch(/botnet +\d+/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    const json = secuml(['show', 'latest', '--json'], { cwd }).stdout;
    const document = readResultDocument(JSON.parse(json), 'stdout');
    expect(document.artifacts.map(({ name }) => name)).toContain('alerts.csv');
    const csv = readFileSync(join(cwd, 'output_data/P/D', document.run.id, 'alerts.csv'), 'utf8');
    const lines = csv.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + (document.headline['test.alerts'] ?? Number.NaN));
    expect(lines[0]).toMatch(/,rank,cluster,predicted_family,family_probability$/);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[10]))).toEqual(new Set(['botnet', 'worm']));
  });

  it('keeps to an alert budget, which predict takes over', () => {
    expect(run('--alert-budget', '5', '--validation-dataset', 'later', '--assert', 'test.alerts == 5').status).toBe(0);
    const { stdout } = secuml(['predict', 'P', 'later', '--experiment', 'latest', '--alerts-only'], { cwd });
    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
  });

  it('looks into the highest of a streamed dataset', () => {
    const { status, stdout } = run('--alerts', 'top,random', '--validation-dataset', 'later', '--streaming');
    expect(status).toBe(0);
    expect(stdout).toMatch(/rank {2}drawn by chance/);
  });

  it('refuses what does not go together', () => {
    for (const [args, told] of [
      [['--alerts', 'clusers'], 'there is no "clusers" (did you mean "clusters"?)'],
      [['--alert-clusters', '3'], 'go with --alerts clusters'],
      [['--alert-budget', '5', '--detection-threshold', '.2'], 'exclude each other'],
      [['--alert-budget', '5', '--reject', '.2'], 'exclude each other'],
      [['--alert-budget', '0'], 'Expected a whole number'],
      [['--alerts', 'families', '--multiclass'], 'the model names families'],
      [['--alerts', 'clusters', '--validation-dataset', 'later', '--streaming'], 'which --streaming lets go'],
    ] as const) {
      const { status, stderr } = run(...args);
      expect(stderr).toContain(told);
      expect(status).toBe(2);
    }
  });
});
