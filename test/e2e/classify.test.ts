import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readResultDocument, type ResultDocument } from '../../src/schema/result-document.js';
import { root, scratchFolder, secuml, smallDataset, startSecuml, writeFiles } from './program.js';

const P = ['--project', 'P', '--dataset', 'D'];
let cwd: string;

beforeAll(() => {
  cwd = scratchFolder();
  writeFiles(cwd, {
    ...smallDataset('P', 'D'),
    ...smallDataset('P', 'later', 80, 2),
    ...smallDataset('P', 'again', 60, 3),
  });
});

function run(...args: string[]) {
  return secuml(['classify', ...P, ...args], { cwd });
}

function documentOf(...args: string[]): ResultDocument {
  const { status, stdout, stderr } = run(...args, '--json');
  expect(stderr).not.toContain('error:');
  expect(status).toBe(0);
  return readResultDocument(JSON.parse(stdout), 'stdout');
}

/** The half that must be the same byte for byte. */
function withoutRun(document: ResultDocument): string {
  const { run: _run, ...rest } = document;
  return JSON.stringify(rest);
}

describe('secuml classify', () => {
  it('prints a table on stdout and what it did on stderr', () => {
    const { status, stdout, stderr } = run();
    expect(status).toBe(0);
    expect(stdout).toMatch(/ROC AUC +[>0-9.]+ +[>0-9.]+ \[/);
    expect(stdout).toContain('false positive rate');
    expect(stdout).toContain('│');
    expect(stderr).toMatch(/^database: SQLite/m);
    expect(stderr).toMatch(/saved: output_data\/P\/D\//);
    expect(stdout + stderr).not.toContain('\u001b[');
  });

  it('prints the document alone with --json, and it names files that are there', () => {
    const document = documentOf('--no-tuning');
    const folder = join(cwd, 'output_data/P/D', document.run.id);
    expect(readdirSync(folder).sort()).toEqual(
      expect.arrayContaining(['model.json', 'predictions.csv', 'result.json', 'rows.bin']),
    );
    for (const { name } of document.artifacts) expect(existsSync(join(folder, name))).toBe(true);
    expect(readFileSync(join(folder, 'predictions.csv'), 'utf8').split('\n')[0]).toMatch(
      /^instance_id,ident,part,fold,label,family,probability,score,predicted,rank/,
    );
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))).toEqual(document);
  });

  it('streams validation datasets to the same document, byte for byte', () => {
    const of = (...args: string[]) =>
      documentOf('--no-tuning', '--reject', '.2', '--validation-dataset', 'later', ...args);
    const whole = of();
    const streamed = of('--streaming', '--stream-batch', '7');
    expect(streamed.settings).toEqual({ ...whole.settings, streamBatch: 7 });
    expect(withoutRun({ ...streamed, settings: whole.settings })).toBe(withoutRun(whole));
    // Several of them, and all together.
    const both = ['--no-tuning', '--validation-dataset', 'later,again'];
    const [all, inBatches] = [documentOf(...both), documentOf(...both, '--streaming', '--stream-batch', '7')];
    expect(all.headline['all.instances']).toBe(140);
    expect(withoutRun({ ...inBatches, settings: all.settings })).toBe(withoutRun(all));
    expect(run('--stream-batch', '7', '--validation-dataset', 'later').stderr).toContain('goes with --streaming');
    expect(run('--streaming').stderr).toContain('--streaming goes with --validation datasets, not with random');
  });

  it('writes the whole document to a reader that takes its time', () => {
    const args = ['classify', ...P, '--no-tuning', '--validation', 'cv', '--folds', '8', '--json', '--quiet'];
    const command = [process.execPath, join(root, 'dist/secuml.js'), ...args].map((word) => `'${word}'`).join(' ');
    const { stdout } = spawnSync('sh', ['-c', `${command} | (sleep 4; cat)`], { cwd, encoding: 'utf8' });
    // More than a pipe holds: what the program could not write at once must not be lost when it ends.
    expect(stdout.length).toBeGreaterThan(2 ** 16);
    readResultDocument(JSON.parse(stdout), 'stdout');
  });

  it('says nothing on stderr with --quiet', () => {
    const { status, stderr } = run('--no-tuning', '--quiet');
    expect(status).toBe(0);
    expect(stderr).toBe('');
  });

  it('gives the same bytes with one worker and with two, and another result with another seed', () => {
    const one = documentOf('--jobs', '1');
    expect(withoutRun(documentOf('--jobs', '2'))).toBe(withoutRun(one));
    expect(withoutRun(documentOf('--seed', '7'))).not.toBe(withoutRun(one));
  });

  it('tests on other datasets of the project', () => {
    const { headline } = documentOf('--validation-dataset', 'later', '--no-tuning');
    expect(headline['test.instances']).toBe(80);
    expect(headline['dataset:later.rocAuc']).toBe(headline['test.rocAuc']);
  });

  it('says what was met on reading a validation dataset', () => {
    const files = smallDataset('P', 'twice', 60, 3);
    const [idents] = Object.keys(files).filter((name) => name.endsWith('idents.csv'));
    const lines = files[idents].trim().split('\n');
    const twice = lines.map((line, i) => `${line},${i === 0 ? 'label' : 'benign'}`).join('\n');
    writeFiles(cwd, { ...files, [idents]: `${twice}\n` });
    const { warnings } = documentOf('--validation-dataset', 'twice', '--no-tuning');
    expect(warnings.join()).toMatch(/validation dataset twice: .*the column label of .* is left aside/);
  });

  it('shows the figures of a dataset whose name needs quotes', () => {
    writeFiles(cwd, smallDataset('P', 'my set', 60, 3));
    const { stdout } = run('--validation-dataset', 'my set', '--no-tuning');
    expect(stdout).toMatch(/instances +200 +60/);
    expect(stdout).toMatch(/ROC AUC +[>0-9.]+ +[>0-9.]+ \[/);
  });

  it.each([
    [['--assert', 'test.rocAuc >= 0.5'], 0],
    [['--assert', 'test.rocAuc > 1'], 1],
    [['--assert', 'test.rocAuk > 1'], 2],
    [['--assert', 'nonsense'], 2],
    [['--model', 'logistic-regresion'], 2],
    [['--param', 'C=-1'], 2],
    [['--test-size', '1.5'], 2],
    [['--folds', '3'], 2],
    [['--validation', 'fixed'], 2],
    [['--validation-dataset', 'nowhere'], 2],
    [['--validation-dataset', 'D'], 2],
    [['--seed', 'x'], 2],
    [['--unknown'], 2],
    [['--name', ''], 2],
    [['--assert', 'test."\\x".recall > 0'], 2],
    [['--features', 'nowhere.csv'], 2],
    [['--labels', 'nowhere.csv'], 2],
    [['--max-memory', '1k'], 2],
  ])('%j exits with %i', (args, code) => {
    const { status, stderr } = run('--no-tuning', ...args);
    expect(status, stderr).toBe(code);
    expect(stderr).not.toContain('    at ');
    if (code === 2) expect(stderr).toMatch(/^error: /m);
  });

  it('suggests what was meant', () => {
    expect(run('--modle', 'x').stderr).toContain('--model');
    expect(run('--model', 'logistic-regresion').stderr).toContain('did you mean "logistic-regression"?');
    expect(secuml(['clasify'], { cwd }).stderr).toContain('classify');
    expect(secuml(['classify', '--project', 'P', '--dataset', 'E'], { cwd }).stderr).toContain('D');
  });

  it('tells what other values of features would do, the same with any number of workers', () => {
    const dependence = ['--no-tuning', '--model', 'random-forest', '--partial-dependence'];
    const document = documentOf(...dependence, '2', '--jobs', '1');
    expect(document.settings.partialDependence).toBe(2);
    expect(document.panels.some(({ kind }) => kind === 'partial-dependence')).toBe(true);
    expect(withoutRun(documentOf(...dependence, '2', '--jobs', '2'))).toBe(withoutRun(document));
    const file = (name: string): string[] =>
      readFileSync(join(cwd, 'output_data/P/D', document.run.id, name), 'utf8')
        .trimEnd()
        .split('\n');
    const names = document.artifacts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['importance.csv', 'partial-dependence.csv']));
    expect(file('importance.csv')[0]).toBe('feature,class,kind,value,deviation,rank');
    expect(file('importance.csv').slice(1)).toHaveLength(3);
    expect(file('partial-dependence.csv')[0]).toBe('feature,value,mean,malicious,benign,unlabeled');
    const { stdout } = run(...dependence, 'a,c');
    expect(stdout).toMatch(/Partial dependence\n.*lowest.*\n +a .*\n +c .*\n +mean probability over 180 of 180/);
    expect(run(...dependence, 'nothing')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no feature "nothing"'),
    });
    expect(run(...dependence, '0').stderr).toContain('expected 1 to 100 features');
  });

  it('takes project and dataset as plain arguments', () => {
    expect(secuml(['classify', 'P', 'D', '--no-tuning', '--quiet'], { cwd }).status).toBe(0);
    expect(secuml(['classify'], { cwd }).status).toBe(2);
    expect(secuml(['classify', 'P', 'D', 'E'], { cwd }).status).toBe(2);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = startSecuml(['classify', ...P, '--no-tuning', '--json'], { cwd });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).not.toContain('bug');
    expect(code).toBe(0);
  });

  it('keeps its verdict when its reader goes away, and finishes its work', () => {
    const command = `'${process.execPath}' '${join(root, 'dist/secuml.js')}' classify P D --no-tuning --name lost`;
    const script = `${command} --assert 'test.rocAuc > 5' 2>/dev/null | true; exit \${PIPESTATUS[0]}`;
    expect(spawnSync('bash', ['-c', script], { cwd }).status).toBe(1);
    expect(secuml(['show', 'lost', '--quiet'], { cwd }).status).toBe(0);
  });

  it('tells of a full disk and exits with 2', () => {
    const command = `'${process.execPath}' '${join(root, 'dist/secuml.js')}' classify P D --no-tuning`;
    const { status, stderr } = spawnSync('sh', ['-c', `${command} > /dev/full`], { cwd, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('the output could not be written');
    expect(stderr).not.toContain('    at ');
  });

  it('stops at Ctrl-C with 130 and leaves nothing that looks finished', async () => {
    const folder = scratchFolder();
    writeFiles(folder, smallDataset('P', 'D', 20_000));
    const child = startSecuml(['classify', ...P, '--param', 'C=0.001,0.01,0.1,1,10,100', '--tuning-folds', '20'], {
      cwd: folder,
    });
    let stderr = '';
    const tuning = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
        if (stderr.includes('tuning')) resolve();
      });
    });
    const closed = new Promise((resolve) => child.on('close', resolve));
    await Promise.race([tuning, sleep(20_000)]);
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    const left = readdirSync(join(folder, 'output_data/P/D'), { recursive: true }).filter((name) =>
      String(name).includes('result.json'),
    );
    expect(left).toEqual([]);
  });
});

describe('secuml', () => {
  it('explains itself, with examples', () => {
    const top = secuml(['--help']);
    expect(top.status).toBe(0);
    for (const command of ['classify', 'check', 'list', 'show', 'remove', 'init', 'reindex', 'models']) {
      expect(top.stdout).toContain(command);
      const help = secuml(['help', command]);
      expect(help.status).toBe(0);
      expect(help.stdout).toContain('Examples:');
      expect(secuml([command, '--help']).stdout).toBe(help.stdout);
    }
    expect(secuml([]).stdout).toBe(top.stdout);
  });

  it('tells its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(secuml(['--version']).stdout.trim()).toBe(version);
  });

  it('lists its models and explains each', () => {
    const models = JSON.parse(secuml(['models', '--json']).stdout) as { id: string }[];
    expect(models.map(({ id }) => id)).toContain('logistic-regression');
    for (const { id } of models) expect(secuml(['models', id]).stdout).toContain(id);
    expect(secuml(['models', 'perceptron']).status).toBe(2);
  });
});
