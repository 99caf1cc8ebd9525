import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocumentSchema } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(args, { cwd });

beforeAll(() => writeFiles(cwd, smallDataset('P', 'D', 200)));

describe('secuml cluster', () => {
  it('writes clusters for people, as CSV, and into the database', () => {
    const { status, stdout } = run('cluster', 'P', 'D', '--clusters', '3', '--name', 'grouped');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Agreement/);
    expect(stdout).toMatch(/cluster 3\n/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    const document = resultDocumentSchema.parse(JSON.parse(run('show', 'grouped', '--json').stdout));
    expect(document.kind).toBe('cluster');
    const folder = join(cwd, 'output_data/P/D', document.run.id);
    const csv = readFileSync(join(folder, 'clusters.csv'), 'utf8');
    const [header, ...lines] = csv.trimEnd().split('\n');
    expect(header).toBe('instance_id,ident,cluster,distance,label,family');
    expect(lines).toHaveLength(200);
    expect(new Set(lines.map((line) => line.split(',')[2]))).toEqual(new Set(['1', '2', '3']));
    expect(run('export', 'grouped', '--format', 'csv').stdout).toBe(csv);
    expect(run('show', 'grouped').stdout).toContain(stdout.trimEnd());
    expect(run('reindex').status).toBe(0);
    expect(run('export', 'grouped', '--format', 'html', '--output', 'grouped.html').status).toBe(0);
  });

  it('gives the same result again, on any number of threads', () => {
    const result = (...args: string[]): string => {
      const {
        run: _,
        artifacts,
        ...rest
      } = JSON.parse(run('cluster', 'P', 'D', '--json', '--quiet', ...args).stdout) as ResultDocument;
      return JSON.stringify([rest, artifacts]);
    };
    expect(result('--jobs', '1')).toBe(result('--jobs', '2'));
  });

  it('asserts on its figures', () => {
    const assert = (expression: string) => run('cluster', 'P', 'D', '--quiet', '--assert', expression).status;
    expect(assert('clusters == 4')).toBe(0);
    expect(assert('silhouette > 1')).toBe(1);
    expect(assert('rocAuc > 1')).toBe(2);
  });

  it('refuses what it cannot do', () => {
    for (const [args, message] of [
      [['--algorithm', 'k-means'], 'did you mean "kmeans"?'],
      [['--clusters', '201'], 'there are only 200 instances to cluster'],
      [['--clusters', '0'], 'Expected a whole number'],
      [['--param', 'starts=2,3'], 'one value each'],
      [['--param', 'speed=3'], 'has no parameter "speed"'],
    ] as const) {
      const { status, stderr } = run('cluster', 'P', 'D', ...args);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
    expect(JSON.stringify(JSON.parse(run('list', '--json').stdout))).not.toContain('"failed"');
  });
});
