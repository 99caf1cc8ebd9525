import { join } from 'node:path';
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const at = 'input_data/P/D';

function checked(change: (cwd: string) => void, ...args: string[]) {
  const cwd = scratchFolder();
  writeFiles(cwd, smallDataset('P', 'D', 20));
  change(cwd);
  return secuml(['check', 'P', 'D', ...args], { cwd });
}

describe('secuml check', () => {
  it('reports the shape of a sound dataset and exits with 0', () => {
    const { status, stdout } = checked(() => {});
    expect(status).toBe(0);
    expect(stdout).toContain('no faults');
    expect(stdout).toMatch(/instances +20/);
    expect(stdout).toMatch(/features +3 /);
    const { headline } = JSON.parse(checked(() => {}, '--json').stdout) as { headline: unknown };
    expect(headline).toEqual({ faults: 0, instances: 20, features: 3 });
  });

  it('names constant features, repeated rows and contradictions', () => {
    const { stdout } = checked((cwd) => {
      const rows = Array.from({ length: 20 }, (_, i) => `${i},${i < 2 ? 50 : i},7`);
      writeFiles(cwd, { [`${at}/features/features.csv`]: `instance_id,a,flat\n${rows.join('\n')}\n` });
      writeFiles(cwd, { [`${at}/labels/true_labels.csv`]: 'instance_id,label\n0,malicious\n1,benign\n' });
    });
    expect(stdout).toMatch(/constant features +1: flat/);
    expect(stdout).toMatch(/repeated rows +1 of 20/);
    expect(stdout).toMatch(/contradictions +1 /);
    expect(stdout).toMatch(/18 without/);
  });

  it('names every fault by file, line and column and exits with 1', () => {
    const spoil = (cwd: string): void => {
      appendFileSync(join(cwd, at, 'features/features.csv'), '20,1,2\n3,1,2,3\n');
      appendFileSync(join(cwd, at, 'labels/true_labels.csv'), '5,evil,x\n');
    };
    const { status, stdout, stderr } = checked(spoil);
    expect(status).toBe(1);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toMatch(/features\.csv:22/);
    expect(stdout).toMatch(/features\.csv:23/);
    expect(stdout).toMatch(/true_labels\.csv:22/);
    const { headline, faults } = JSON.parse(checked(spoil, '--json').stdout) as {
      headline: { faults: number };
      faults: unknown[];
    };
    expect(headline.faults).toBe(faults.length);
    expect(headline.faults).toBeGreaterThanOrEqual(3);
  });

  it('counts all faults and shows the first 20', () => {
    const spoil = (cwd: string): void => {
      const rows = Array.from({ length: 20 }, (_, i) => `${i},bad,worse`);
      writeFiles(cwd, { [`${at}/features/features.csv`]: `instance_id,a,b\n${rows.join('\n')}\n` });
    };
    const { headline, faults } = JSON.parse(checked(spoil, '--json').stdout) as {
      headline: { faults: number };
      faults: unknown[];
    };
    expect(headline.faults).toBe(40);
    expect(faults).toHaveLength(20);
    expect(checked(spoil).stdout).toContain('P/D: 40 faults');
  });

  it('exits with 2 for a dataset that does not exist, and says which do', () => {
    const cwd = scratchFolder();
    writeFiles(cwd, smallDataset('P', 'D', 20));
    const { status, stderr } = secuml(['check', 'P', 'E'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('D');
  });
});
