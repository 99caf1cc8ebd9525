import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocumentSchema } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(args, { cwd });

beforeAll(() => writeFiles(cwd, { ...smallDataset('P', 'D', 200), ...smallDataset('P', 'E', 100, 2) }));

function stats(...args: string[]): ResultDocument {
  const { status, stdout, stderr } = run('stats', 'P', 'D', '--json', '--quiet', ...args);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return resultDocumentSchema.parse(JSON.parse(stdout));
}

describe('secuml stats', () => {
  it('writes figures of every feature for people, as CSV, and into the database', () => {
    const { status, stdout } = run('stats', 'P', 'D', '--name', 'described');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Features that alone tell most about the label/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    const document = JSON.parse(run('show', 'described', '--json').stdout) as ResultDocument;
    const folder = join(cwd, 'output_data/P/D', document.run.id);
    const csv = readFileSync(join(folder, 'statistics.csv'), 'utf8');
    expect(csv.split('\n')[0]).toMatch(
      /^feature,type,count,missing,distinct,zeros,min,max,mean,std,p1,p5,p25,p50,p75,p95,p99,skewness,kurtosis,variance,anovaF,anovaP,chi2,chi2P,mutualInformation,rocAuc,ks/,
    );
    expect(csv.trimEnd().split('\n')).toHaveLength(document.dataset.columns + 1);
    expect(run('export', 'described', '--format', 'csv').stdout).toBe(csv);
    expect(run('show', 'described').stdout).toContain(stdout.trimEnd());
  });

  it('asserts on drift, and refuses a figure that it can never produce', () => {
    const { headline } = stats('--compare-dataset', 'E');
    expect(headline['drift.max']).toBeGreaterThan(0);
    const assert = (expression: string) =>
      run('stats', 'P', 'D', '--quiet', '--compare-dataset', 'E', '--assert', expression).status;
    expect(assert('drift.max >= 0')).toBe(0);
    expect(assert('drift.max > 1000')).toBe(1);
    expect(run('stats', 'P', 'D', '--quiet', '--assert', 'drift.max >= 0').status).toBe(2);
  });

  it('draws by family, with the scores asked for alone', () => {
    const document = stats('--by', 'family', '--scores', 'ks,variance', '--bins', '7');
    const panel = document.panels.find(({ kind }) => kind === 'feature-statistics');
    if (!panel || !('data' in panel)) throw new Error('a small panel is in the document');
    const { scores } = panel.data as { scores: { name: string }[] };
    expect(scores.map(({ name }) => name)).toEqual(['variance', 'ks']);
    expect(document.settings).toMatchObject({ by: 'family', bins: 7, scores: ['variance', 'ks'] });
  });

  it('refuses what it does not know', () => {
    for (const [args, message] of [
      [['--scores', 'auc'], 'there is no score "auc"'],
      [['--compare-dataset', 'D'], 'is the dataset itself'],
      [['--compare-dataset', 'nowhere'], 'nowhere'],
      [['--bins', '0'], 'Expected a whole number'],
    ] as const) {
      const { status, stderr } = run('stats', 'P', 'D', ...args);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});
