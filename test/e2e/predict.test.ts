import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root, scratchFolder, secuml, smallDataset, writeFiles } from './program.js';

const cwd = scratchFolder();
const run = (args: readonly string[], input = '') => secuml(args, { cwd, input });
const lines = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Without label, family and rank, which `predict` does not know. */
const figures = (cells: readonly string[]): string => [...cells.slice(0, 4), ...cells.slice(6, 9)].join(',');

const features = () => readFileSync(join(cwd, 'input_data/P/later/features/features.csv'), 'utf8');

beforeAll(() => {
  const gaps = smallDataset('P', 'gaps', 300, 5);
  gaps['input_data/P/gaps/features/features.csv'] = gaps['input_data/P/gaps/features/features.csv'].replace(
    /^(\d*7),[^,]*/gm,
    '$1,',
  );
  writeFiles(cwd, { ...smallDataset('P', 'D', 200), ...smallDataset('P', 'later', 150, 2), ...gaps });
});

/** Trains on P/D; the validation dataset's lines of predictions.csv. */
function classified(...args: string[]): { folder: string; predictions: string[][] } {
  const { status, stdout, stderr } = run(['classify', 'P', 'D', '--json', '--quiet', '--no-tuning', ...args]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const { run: record } = JSON.parse(stdout) as { run: { id: string } };
  const folder = join(cwd, 'output_data/P/D', record.id);
  const all = lines(readFileSync(join(folder, 'predictions.csv'), 'utf8'));
  return { folder, predictions: all.filter(([, , part]) => part.startsWith('dataset:')) };
}

describe('secuml predict', () => {
  it.each<[what: string, dataset: string, args: string[]]>([
    ['logistic regression', 'later', []],
    ['calibrated probabilities', 'later', ['--calibrate', 'isotonic']],
    ['a threshold of its own', 'later', ['--detection-threshold', '0.9']],
    ['families', 'later', ['--multiclass', '--model', 'random-forest', '--param', 'nEstimators=7']],
    ['families by scores', 'later', ['--multiclass', '--model', 'linear-svm']],
    ['an anomaly model', 'later', ['--model', 'isolation-forest']],
    ['imputed cells', 'gaps', ['--impute', 'median']],
    ['a model that bears missing cells', 'gaps', ['--model', 'hist-gradient-boosting']],
  ])('says what classify says, to the byte: %s', (_what, dataset, args) => {
    const { predictions } = classified('--validation-dataset', dataset, ...args);
    const { status, stdout, stderr } = run(['predict', 'P', dataset, '--experiment', 'latest']);
    expect(stderr).toContain(`P/${dataset}: ${predictions.length} instances`);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe('instance_id,ident,part,fold,label,family,probability,score,predicted,rank');
    expect(lines(stdout).map(figures)).toEqual(predictions.map(figures));
    const top = lines(run(['predict', 'P', dataset, '--experiment', 'latest', '--top', '9']).stdout);
    const first = predictions.toSorted((a, b) => Number(a[9]) - Number(b[9])).slice(0, 9);
    expect(top.map((cells) => [figures(cells), cells[9]])).toEqual(first.map((cells) => [figures(cells), cells[9]]));
  });

  it('needs no database, and takes a model file, a file of features, a pipe, features in any order', () => {
    const { folder, predictions } = classified('--validation-dataset', 'later');
    const model = join(folder, 'model.json');
    const scores = predictions.map((cells) => [cells[0], cells[6], cells[8]].join());
    const scoresOf = (text: string): string[] => lines(text).map((cells) => [cells[0], cells[6], cells[8]].join());
    rmSync(join(cwd, 'output_data/secuml.db'));
    expect(scoresOf(run(['predict', 'P', 'later', '--experiment', 'latest']).stdout)).toEqual(scores);
    expect(readdirSync(join(cwd, 'output_data'))).not.toContain('secuml.db');
    const other = features()
      .trimEnd()
      .split('\n')
      .map((line, i) => {
        const [id, a, b, c] = line.split(',');
        return [id, c, i === 0 ? 'extra' : '17', b, a].join(',');
      })
      .join('\n');
    writeFileSync(join(cwd, 'other.csv'), other);
    const mixed = run(['predict', 'other.csv', '--model-file', model]);
    expect(mixed.stderr).toContain('1 feature that the model does not know: "extra"');
    expect(scoresOf(mixed.stdout)).toEqual(scores);
    const piped = run(['predict', '-', '--model-file', model, '--quiet'], features());
    expect(piped.stderr).toBe('');
    expect(scoresOf(piped.stdout)).toEqual(scores);
    const saved = run(['predict', '--features', 'other.csv', '--model-file', model, '--output', 'out.csv']);
    expect(saved.stdout).toBe('');
    expect(saved.stderr).toMatch(/saved: out.csv/);
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe(mixed.stdout);
  });

  it('finds the names of rows in another order, and reads sparse text', () => {
    const { predictions } = classified('--validation-dataset', 'later');
    const [head, ...rows] = features().trimEnd().split('\n');
    const idents = readFileSync(join(cwd, 'input_data/P/later/idents.csv'), 'utf8');
    const sparse = rows.map((row) => {
      const [id, ...cells] = row.split(',');
      return `${id} ${cells.map((cell, j) => `${j + 1}:${cell}`).join(' ')}`;
    });
    writeFiles(cwd, {
      'input_data/P/turned/idents.csv': idents,
      'input_data/P/turned/features/features.csv': `${[head, ...rows.toReversed()].join('\n')}\n`,
      'input_data/P/sparse/idents.csv': idents,
      'input_data/P/sparse/features/features.libsvm': `${sparse.join('\n')}\n`,
      'input_data/P/sparse/features/features_description.csv': 'id,name\n1,a\n2,b\n3,c\n',
    });
    const of = (dataset: string) =>
      lines(run(['predict', 'P', dataset, '--experiment', 'latest']).stdout).map((cells) => figures(cells));
    const expected = (dataset: string) => predictions.map((cells) => figures(cells).replace('later', dataset));
    expect(of('turned')).toEqual(expected('turned').toReversed());
    expect(of('sparse')).toEqual(expected('sparse'));
  });

  it('takes the next export of an imported table as it is', () => {
    const head = 'when;host;colour;sure;x;y;verdict';
    const rows = Array.from({ length: 120 }, (_, i) => {
      const bad = i % 3 === 0;
      const colour = ['red', 'blue', 'green'][(i * 7) % 3];
      return `05/03/2024 12:${10 + (i % 50)};host ${i};${colour};${i % 4 ? 'yes' : 'no'};${(i * 37) % 11};${(bad ? 3 : 0) + (i % 5)};${bad ? 'bad' : 'fine'}`;
    });
    writeFileSync(join(cwd, 'export.csv'), `${[head, ...rows].join('\n')}\n`);
    const named = ['--ident', 'host', '--label', 'verdict', '--malicious', 'bad'];
    expect(run(['import', 'export.csv', 'T', 'day1', ...named]).status).toBe(0);
    expect(run(['classify', 'T', 'day1', '--no-tuning', '--name', 'table']).status).toBe(0);
    const known = lines(run(['predict', 'T', 'day1', '--experiment', 'table']).stdout);
    const given = run(['predict', 'export.csv', '--experiment', 'table', '--ident', 'host']);
    expect(given.stderr).toContain('2 features that the model does not know: "when", "verdict"');
    const told = (cells: readonly string[]): string => [...cells.slice(0, 2), ...cells.slice(6, 9)].join();
    expect(lines(given.stdout).map(told)).toEqual(known.map(told));
    const piped = run(
      ['predict', '-', '--experiment', 'table', '--id', 'HOST', '--top', '1', '--quiet'],
      readFileSync(join(cwd, 'export.csv'), 'utf8'),
    );
    expect(piped.stdout.split('\n')[1]).toMatch(/^host \d+,,/);
    const plain = run(['predict', 'export.csv', '--experiment', 'table']);
    expect(plain.status).toBe(2);
    expect(plain.stderr).toContain('say --id COL');
    const lacking = run(['predict', '-', '--experiment', 'table', '--id', 'host'], 'host;x;colour\na;1;red\n');
    expect(lacking.stderr).toContain('lacks 2 of the 6 features that the model learned from: "sure", "y"');
    expect(run(['predict', 'T', 'day1', '--experiment', 'table', '--id', 'x']).stderr).toContain('a dataset has ids');
  });

  it('takes an ARFF file as it is', () => {
    const head =
      "@relation flows\n@attribute 'src bytes' real\n@attribute proto {tcp,udp}\n@attribute class {ok,bad}\n@data";
    const rows = Array.from(
      { length: 90 },
      (_, i) => `${(i % 3) * 4 + (i % 5)},${i % 4 ? 'tcp' : 'udp'},${i % 3 ? 'ok' : 'bad'}`,
    );
    writeFileSync(join(cwd, 'flows.arff'), `${[head, ...rows].join('\n')}\n`);
    expect(run(['import', 'flows.arff', 'T', 'arff', '--label', 'class', '--benign', 'ok']).status).toBe(0);
    expect(run(['classify', 'T', 'arff', '--no-tuning', '--name', 'arff']).status).toBe(0);
    const known = lines(run(['predict', 'T', 'arff', '--experiment', 'arff']).stdout);
    const given = lines(run(['predict', 'flows.arff', '--experiment', 'arff']).stdout);
    expect(given).toHaveLength(90);
    const told = (cells: readonly string[]): string => [cells[0], ...cells.slice(6, 9)].join();
    expect(given.map(told)).toEqual(known.map(told));
  });

  it('gives the alerts alone, by any threshold, as CSV or as JSON, one object a line', () => {
    classified('--validation-dataset', 'later');
    const predict = (...args: string[]) => run(['predict', 'P', 'later', '--experiment', 'latest', ...args]).stdout;
    const all = lines(predict());
    const above = all.filter((cells) => Number(cells[6]) > 0.99).map((cells) => cells[0]);
    expect(above.length).toBeGreaterThan(5);
    const alerts = lines(predict('--alerts-only', '--threshold', '0.99'));
    expect(alerts.map((cells) => cells[0])).toEqual(above);
    expect(new Set(alerts.map((cells) => cells[8]))).toEqual(new Set(['malicious']));
    const rows = predict('--json')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(all.length);
    const [id, ident, , , , , probability, score, predicted] = all[3];
    const expected = { instanceId: id, ident, probability: +probability, score: +score, predicted, rank: null };
    expect(rows[3]).toEqual(expected);
  });

  it('ends quietly where its reader goes away', () => {
    classified();
    const long = Array.from({ length: 200_000 }, (_, i) => `${i},1,2,3`).join('\n');
    writeFileSync(join(cwd, 'long.csv'), `instance_id,a,b,c\n${long}\n`);
    const shell = `"${process.execPath}" "${root}/dist/secuml.js" predict long.csv --experiment latest | head -2; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', shell], { cwd, encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stdout.trimEnd().split('\n')[2]).toBe('0');
    expect(stderr).not.toContain('error');
    expect(stderr).not.toContain('EPIPE');
  });

  it('refuses what cannot be, and says what to do', () => {
    const { folder } = classified();
    const model = join(folder, 'model.json');
    writeFileSync(join(cwd, 'short.csv'), 'instance_id,a\nx,1\n');
    writeFileSync(join(cwd, 'empty.csv'), 'instance_id,a,b,c\n');
    writeFileSync(join(cwd, 'gap.csv'), 'instance_id,a,b,c\nx,1,2,3\ny,1,,3\n');
    writeFileSync(join(cwd, 'broken.csv'), 'instance_id,a,b,c\nx,1,2,3\ny,1,oops,3\n');
    writeFileSync(join(cwd, 'broken.json'), '{');
    for (const [args, told] of [
      [['short.csv', '--experiment', 'latest'], 'short.csv lacks 2 of the 3 features'],
      [['empty.csv', '--experiment', 'latest'], 'empty.csv has no instances'],
      [['gap.csv', '--experiment', 'latest'], 'does not take missing values, and instance "y"'],
      [['broken.csv', '--experiment', 'latest'], 'broken.csv:3:b: found "oops"'],
      [['nowhere.csv', '--experiment', 'latest'], 'nowhere.csv does not exist'],
      [['short.csv'], 'which model?'],
      [['--experiment', 'latest'], 'which instances?'],
      [['short.csv', '--experiment', 'latest', '--model-file', model], 'exclude each other'],
      [['short.csv', '--experiment', 'nothing'], 'no experiment "nothing"'],
      [['short.csv', '--model-file', 'nowhere.json'], 'nowhere.json does not exist'],
      [['short.csv', '--model-file', 'broken.json'], 'broken.json is damaged'],
      [['short.csv', '--experiment', 'latest', '--top', '0'], 'Expected a whole number'],
      [['short.csv', '--experiment', 'latest', '--output-dir', 'empty'], 'no experiment in empty has kept a model'],
    ] as const) {
      const { status, stderr } = run(['predict', ...args]);
      expect(stderr).toContain(told);
      expect(status).toBe(2);
    }
  });
});
