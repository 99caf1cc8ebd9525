import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, secuml, smallDataset, startSecuml, writeFiles } from '../e2e/run-program.js';
import { hostileDataset, hostileName } from './hostile-dataset.js';
import { hostileViews } from './hostile-views.js';

/** A running `secuml serve` over real results, and how to get in. */
export interface Site {
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
  /** Ids of experiments, by what they are. */
  readonly experiments: Readonly<Record<ExperimentName, string>>;
  /** A single-file report of the hostile experiment. */
  readonly report: string;
  /** That of the projection. */
  readonly projectionReport: string;
}

type ExperimentName =
  | 'plain'
  | 'bayes'
  | 'folds'
  | 'classes'
  | 'hostile'
  | 'interrupted'
  | 'newer'
  | 'loop'
  | 'hostileLoop'
  | 'statistics'
  | 'hostileStatistics'
  | 'temporal'
  | 'leftOut'
  | 'race'
  | 'projection'
  | 'hostileProjection'
  | 'clusters'
  | 'hostileClusters';

const timed = ['--project', 'Small', '--dataset', 'timed', '--no-tuning', '--validation'] as const;

const explained = ['--importance', 'permutation', '--partial-dependence', '3'];

/** Label sets that hold what the input files say, for the pages about labels. */
const labelSets = [
  ['Small', 'classes', 'main'],
  ['Small', 'classes', 'edited'],
  ['Hostile', 'corpus', 'main'],
] as const;

/** Computes the results, starts the server, signs in. `stop` ends it and leaves nothing behind. */
export async function startSite(): Promise<{ site: Site; stop: () => Promise<void> }> {
  const cwd = mkdtempSync(join(tmpdir(), 'secuml-browser-'));
  mkdirSync(join(cwd, 'input_data/SpamHam'), { recursive: true });
  cpSync(join(root, 'input_data/SpamHam/spamassassin'), join(cwd, 'input_data/SpamHam/spamassassin'), {
    recursive: true,
  });
  writeFiles(cwd, {
    ...smallDataset('Small', 'classes', 400),
    ...timedDataset('Small', 'timed', 400),
    ...hostileDataset('Hostile', 'corpus'),
    ...hostileViews('Hostile', 'corpus'),
  });
  const spam = ['--project', 'SpamHam', '--dataset', 'spamassassin', '--no-tuning'];
  const bayes = ['--model', 'gaussian-naive-bayes'];
  const experiments = {
    plain: classify(cwd, [...spam, '--name', 'first look', '--alerts', 'top,random,clusters,families']),
    // The order is the one that the tests of the home page go by.
    statistics: describe(cwd, ['SpamHam', 'spamassassin']),
    hostileStatistics: describe(cwd, ['Hostile', 'corpus', '--by', 'family', '--name', hostileName]),
    temporal: classify(cwd, [...timed, 'temporal-cv', '--folds', '3', '--name', 'over time']),
    leftOut: classify(cwd, [...timed, 'temporal', '--test-size', '.3', '--leave-out-family', ...explained]),
    race: classify(cwd, ['--project', 'Small', '--dataset', 'classes', '--model', 'auto', '--no-tuning']),
    projection: lookAt(cwd, ['Small', 'classes', '--components', '3']),
    hostileProjection: lookAt(cwd, [
      'Hostile',
      'corpus',
      '--algorithm',
      'lda',
      '--by',
      'family',
      '--name',
      hostileName,
    ]),
    clusters: group(cwd, ['Small', 'classes']),
    hostileClusters: group(cwd, ['Hostile', 'corpus', '--clusters', '3', '--name', hostileName]),
    bayes: classify(cwd, [...spam, ...bayes, '--reject', '.1']),
    folds: classify(cwd, [...spam, ...bayes, '--validation', 'cv', '--folds', '3', '--name', 'three folds']),
    classes: classify(cwd, ['--project', 'Small', '--dataset', 'classes', '--no-tuning', '--multiclass']),
    hostile: classify(cwd, [
      'Hostile',
      'corpus',
      '--no-tuning',
      '--alerts',
      'families,clusters',
      '--partial-dependence',
      '3',
      '--name',
      hostileName,
    ]),
    newer: classify(cwd, ['--project', 'Small', '--dataset', 'classes', ...bayes, '--name', 'of another version']),
    interrupted: await interrupt(cwd),
    loop: beginLoop(cwd, 'Small', 'classes'),
    hostileLoop: beginLoop(cwd, 'Hostile', 'corpus'),
  };
  makeNewer(join(cwd, 'output_data/Small/classes', experiments.newer, 'result.json'));
  for (const [project, dataset, set] of labelSets) {
    const truth = join('input_data', project, dataset, 'labels/true_labels.csv');
    const args = ['labels', 'import', project, dataset, truth, '--label-set', set, '--author', 'ann', '--yes'];
    expectDone(secuml(args, { cwd }));
  }
  const exported = (id: string, name: string): string => {
    const path = join(cwd, name);
    expectDone(secuml(['export', id, '--format', 'html', '--output', path], { cwd }));
    return path;
  };
  const report = exported(experiments.hostile, 'report.html');
  const projectionReport = exported(experiments.projection, 'projection.html');

  const server = startSecuml(['serve', '--port', '0'], { cwd });
  let printed = '';
  server.stderr.on('data', (chunk: Buffer) => (printed += chunk));
  server.stdout.on('data', (chunk: Buffer) => (printed += chunk));
  const invitation = await waitFor(
    () => /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(printed)?.[0],
    () => printed,
  );
  const answer = await fetch(invitation, { redirect: 'manual' });
  const [name, value] = (answer.headers.getSetCookie()[0] ?? '').split(';')[0].split('=');
  return {
    site: { url: new URL(invitation).origin, cookie: { name, value }, experiments, report, projectionReport },
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** Runs an experiment and returns its id. */
function classify(cwd: string, args: readonly string[]): string {
  const finished = secuml(['classify', ...args, '--json', '--quiet'], { cwd });
  expectDone(finished);
  return (JSON.parse(finished.stdout) as { run: { id: string } }).run.id;
}

/** Statistics of a dataset's features. */
function describe(cwd: string, args: readonly string[]): string {
  const finished = secuml(['stats', ...args, '--json', '--quiet'], { cwd });
  expectDone(finished);
  return (JSON.parse(finished.stdout) as { run: { id: string } }).run.id;
}

/** A small dataset with an instance an hour. */
function timedDataset(project: string, dataset: string, rows: number): Record<string, string> {
  const files = smallDataset(project, dataset, rows, 2);
  const path = `input_data/${project}/${dataset}/idents.csv`;
  const [head, ...lines] = files[path].trimEnd().split('\n');
  const stamped = lines.map((line, i) => `${line},${new Date(Date.UTC(2025, 0, 1, i)).toISOString()}`);
  return { ...files, [path]: `${[`${head},timestamp`, ...stamped].join('\n')}\n` };
}

/** A dataset's instances in few dimensions. */
function lookAt(cwd: string, args: readonly string[]): string {
  const finished = secuml(['projection', ...args, '--json', '--quiet'], { cwd });
  expectDone(finished);
  return (JSON.parse(finished.stdout) as { run: { id: string } }).run.id;
}

/** Clusters of a dataset's instances. */
function group(cwd: string, args: readonly string[]): string {
  const finished = secuml(['cluster', ...args, '--json', '--quiet'], { cwd });
  expectDone(finished);
  return (JSON.parse(finished.stdout) as { run: { id: string } }).run.id;
}

/** A labelling loop that has asked ten instances at random, none of them answered. */
function beginLoop(cwd: string, project: string, dataset: string): string {
  const how = ['--strategy', 'random', '--batch', '10', '--budget', '30', '--init-labels', 'none', '--no-prompt'];
  const finished = secuml(['active-learning', project, dataset, ...how, '--json', '--quiet'], { cwd });
  expectDone(finished);
  return (JSON.parse(finished.stdout) as { run: { id: string } }).run.id;
}

/** An experiment whose process was killed while it trained. */
async function interrupt(cwd: string): Promise<string> {
  const args = ['classify', '--project', 'SpamHam', '--dataset', 'spamassassin', '--model', 'random-forest'];
  const process = startSecuml([...args, '--param', 'n_estimators=5000', '--no-tuning', '--name', 'killed'], { cwd });
  const listed = (): string | undefined => {
    const { stdout } = secuml(['list', '--json'], { cwd });
    return (JSON.parse(stdout) as { id: string; name: string | null }[]).find(({ name }) => name === 'killed')?.id;
  };
  const id = await waitFor(listed, () => 'the experiment to be listed');
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
  return id;
}

/** As a program of next year would have written it. */
function makeNewer(file: string): void {
  const document = JSON.parse(readFileSync(file, 'utf8')) as { version: number };
  writeFileSync(file, JSON.stringify({ ...document, version: 99 }));
}

function expectDone({ status, stderr }: { status: number | null; stderr: string }): void {
  if (status !== 0) throw new Error(`the program ended with ${status}: ${stderr}`);
}

async function waitFor<T>(look: () => T | undefined, what: () => string): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`waited too long: ${what()}`);
}
