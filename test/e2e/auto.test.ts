import { beforeAll, describe, expect, it } from 'vitest';
import { readResultDocument } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (...args: string[]) => secuml(['classify', 'P', 'D', ...args], { cwd });

beforeAll(() => writeFiles(cwd, { ...smallDataset('P', 'D', 200), ...smallDataset('P', 'later', 80, 2) }));

describe('secuml classify --model auto', () => {
  it('races models, tells how each did, and gives a model that predict applies', () => {
    const { status, stdout } = run('--model', 'auto', '--no-tuning', '--assert', 'tuning.rocAuc >= 0.5');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Race of 7 models: mean and standard deviation of roc-auc/);
    expect(stdout).toMatch(/^ {2}[a-z-]+ .*won, 1 setting$/m);
    const document = readResultDocument(JSON.parse(secuml(['show', 'latest', '--json'], { cwd }).stdout), 'stdout');
    expect(document.settings.model).toBe('auto');
    // Seconds are of the run, and nowhere else.
    expect(document.run.durations.some(({ stage }) => stage.startsWith('race: '))).toBe(true);
    expect(document.run.clockDecided).toBeUndefined();
    const predicted = secuml(['predict', 'P', 'later', '--experiment', 'latest'], { cwd });
    expect(predicted.status).toBe(0);
    expect(predicted.stdout.trimEnd().split('\n')).toHaveLength(81);
  });

  it('gives an answer whatever the time limit', () => {
    const { status, stdout, stderr } = run('--model', 'auto', '--time-limit', '0');
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    expect(stdout).toMatch(/not begun: the time was up/);
    expect(stdout).toMatch(/note: the time was up before these models of the race were judged/);
    const document = readResultDocument(JSON.parse(secuml(['show', 'latest', '--json'], { cwd }).stdout), 'stdout');
    expect(document.run.clockDecided).toBe(true);
  });

  it('finds the same, byte for byte, where the time is not up', () => {
    const found = ['1', '2'].map((jobs) => {
      const { stdout } = run('--model', 'auto', '--no-tuning', '--time-limit', '500', '--jobs', jobs, '--json');
      const { run: ofRun, ...rest } = JSON.parse(stdout);
      expect(ofRun.clockDecided).toBeUndefined();
      return JSON.stringify(rest);
    });
    expect(found[1]).toBe(found[0]);
  });

  it('leaves out what the memory at hand is too small for', () => {
    const { status, stdout } = run('--model', 'auto', '--no-tuning', '--max-memory', '200k');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}hist-gradient-boosting .*left out: it needs about .* of memory/m);
    expect(run('--model', 'auto', '--max-memory', '1k').stderr).toContain(
      'the smallest model of auto on 200 instances',
    );
  });

  it('refuses what does not go together', () => {
    for (const [args, told] of [
      [['--time-limit', '5'], '--time-limit goes with --model auto, not with logistic-regression'],
      [['--model', 'auto', '--param', 'C=1'], '--param goes with one model'],
      [['--model', 'autos'], 'there is no model "autos"'],
    ] as const) {
      const { status, stderr } = run(...args);
      expect(stderr).toContain(told);
      expect(status).toBe(2);
    }
    expect(secuml(['active-learning', 'P', 'D', '--model', 'auto', '--auto'], { cwd }).stderr).toContain(
      'a race of models',
    );
  });

  it('is listed among the models, and described', () => {
    expect(secuml(['models'], { cwd }).stdout).toMatch(/^ {2}auto +A race/m);
    expect(secuml(['models', 'auto'], { cwd }).stdout).toMatch(/hist-gradient-boosting +4 settings/);
    const listed = JSON.parse(secuml(['models', 'auto', '--json'], { cwd }).stdout);
    expect(listed[0].id).toBe('auto');
  });
});
