import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

let cwd: string;

beforeAll(() => {
  cwd = scratchFolder();
  const one = 'input_data/P/one';
  writeFiles(cwd, {
    ...smallDataset('P', 'D'),
    ...smallDataset('secuml.db', 'D', 30),
    [`${one}/idents.csv`]: `instance_id,ident\n${Array.from({ length: 12 }, (_, i) => `${i},n`).join('\n')}\n`,
    [`${one}/features/features.csv`]: `instance_id,a\n${Array.from({ length: 12 }, (_, i) => `${i},${i}`).join('\n')}\n`,
    [`${one}/labels/true_labels.csv`]: `instance_id,label\n${Array.from({ length: 12 }, (_, i) => `${i},${i === 0 ? 'malicious' : 'benign'}`).join('\n')}\n`,
    'ids.txt': '0\n1\n2\n',
    'bad.json': '{"jobs": "many", "dbRows": -1, "rowCsv": true}',
    'list.json': '[1]',
  });
  symlinkSync(join(cwd, 'nowhere'), join(cwd, 'dangling'));
});

const classify = ['classify', 'P', 'D', '--no-tuning'];

describe('what a user is told', () => {
  it.each<[what: string, args: string[], env: Record<string, string>, told: string[]]>([
    ['two ways to choose rows', [...classify, '--test-ids', 'ids.txt', '--sample', '50'], {}, ['exclude each other']],
    [
      'a wrong setting',
      ['list', '--config', 'bad.json'],
      {},
      [
        'jobs: found "many", expected a whole number from 1 to 1024',
        'dbRows: found -1, expected "all", "none" or a whole number',
        'unknown setting "rowCsv" (did you mean "rowsCsv"?)',
      ],
    ],
    [
      'a configuration that is a list',
      ['list', '--config', 'list.json'],
      {},
      ['found [1], expected an object of settings'],
    ],
    [
      'a configuration that is not there',
      ['list', '--config', 'no.json'],
      {},
      ['there is no such file', 'secuml init --config no.json'],
    ],
    ['a wrong variable', classify, { SECUML_DB_ROWS: 'some' }, ['SECUML_DB_ROWS: found "some"']],
    ['a wrong flag', [...classify, '--db-rows', 'some'], {}, ['--db-rows: found "some"']],
    ['a wrong seed in a variable', classify, { SECUML_SEED: 'x' }, ['SECUML_SEED: found "x"']],
    ['help of nothing', ['help', 'clasify'], {}, ['there is no command "clasify" (did you mean "classify"?)']],
    [
      'a list without tuning',
      [...classify, '--param', 'C=.1,1'],
      {},
      ['--no-tuning and --param C=0.1,1 exclude each other'],
    ],
    ['a reserved name', [...classify, '--name', 'Latest'], {}, ['"latest" means']],
    [
      'a project that is not there',
      ['list', 'PP'],
      {},
      ['there is no project "PP" (did you mean "P"?)', 'known projects: P, secuml.db'],
    ],
    ['a dataset that is not there', ['list', 'P', 'E'], {}, ['there is no dataset "E"', 'D, one']],
    ['another operator', [...classify, '--assert', 'test.f1 => 0'], {}, ['write >= for "at least"']],
    ['an assignment', [...classify, '--assert', 'test.f1 = 0'], {}, ['write == for "exactly"']],
    ['a folder that cannot be made', ['list', '--output-dir', 'dangling'], {}, ['it is a symbolic link to']],
    [
      'a project like the database',
      ['classify', 'secuml.db', 'D', '--no-tuning'],
      {},
      ['a project cannot be called "secuml.db"'],
    ],
    [
      'a fold without one of the labels',
      ['classify', 'P', 'one', '--no-tuning', '--validation', 'cv'],
      {},
      ['the training instances have "benign"', 'fewer --folds'],
    ],
  ])('%s', (_, args, env, told) => {
    const { status, stderr } = secuml(args, { cwd, env });
    expect(status, stderr).toBe(2);
    for (const text of told) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/Invalid|Unrecognized|ENO[A-Z]+/);
  });

  it('one fixed parameter goes with --no-tuning', () => {
    expect(secuml([...classify, '--param', 'C=.1', '--quiet'], { cwd }).status).toBe(0);
  });

  it('a name that holds operators may be asserted', () => {
    const { stderr } = secuml([...classify, '--assert', 'test.family."a=b => c".recall >= 0'], { cwd });
    expect(stderr).toContain('undefined on this data');
  });

  it('a project without results is told from one that does not exist', () => {
    const { status, stdout } = secuml(['list', 'P', 'D', '--output-dir', 'empty'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('no experiments of P/D yet');
  });

  it('counts of one are told in the singular', () => {
    const { stdout } = secuml(['check', 'P', 'one'], { cwd });
    expect(stdout).toContain('11 benign (0 families)');
    const { stdout: classified } = secuml(['classify', 'P', 'one', '--no-tuning', '--test-size', '.2'], { cwd });
    expect(classified).toContain('12 instances, 1 feature\n');
    expect(classified).toContain('only 1 malicious instance:');
  });

  it('init writes the configuration that is named, with paths that count from it, and tells a fault once', () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'etc'));
    writeFiles(folder, smallDataset('P', 'D', 20));
    const { status } = secuml(['init', '--config', 'etc/new.json'], { cwd: folder });
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'etc/new.json'), 'utf8'))).toEqual({
      inputDir: '../input_data',
      outputDir: '../output_data',
    });
    expect(existsSync(join(folder, 'secuml.config.json'))).toBe(false);
    expect(secuml(['check', 'P', 'D', '--config', 'etc/new.json'], { cwd: folder }).status).toBe(0);
    const bad = secuml(['init', '--input-dir', 'nowhere'], { cwd: folder });
    expect(bad.status).toBe(2);
    expect((bad.stdout + bad.stderr).match(/no dataset in nowhere/g)).toHaveLength(1);
    expect(bad.stderr).toContain('not ready yet: datasets');
  });
});
