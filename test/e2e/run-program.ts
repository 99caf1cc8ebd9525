import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { randomStream } from '../../src/ml/random/stream.js';

export const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'dist/secuml.js');

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly input?: string;
}

/** Runs the built program to its end. */
export function secuml(args: readonly string[], { cwd = root, env = {}, input = '' }: RunOptions = {}): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: cleanEnvironment(env),
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

/** Starts the built program and leaves it running. */
export function startSecuml(args: readonly string[], { cwd = root, env = {} }: RunOptions = {}) {
  return spawn(process.execPath, [program, ...args], { cwd, env: cleanEnvironment(env) });
}

/** The environment without what the person running the tests has configured. */
function cleanEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SECUML_') && name !== 'FORCE_COLOR');
  return { ...Object.fromEntries(own), ...more };
}

/** Writes files below a folder; keys are relative paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A small dataset of two separable families and a benign one, as files of the toolkit's layout. */
export function smallDataset(project: string, dataset: string, rows = 200, seed = 1): Record<string, string> {
  const stream = randomStream(seed, 'small dataset');
  const idents = ['instance_id,ident'];
  const features = ['instance_id,a,b,c'];
  const labels = ['instance_id,label,family'];
  for (let i = 0; i < rows; i++) {
    const family = ['office', 'office', 'botnet', 'worm'][stream.below(4)];
    const shift = family === 'office' ? 0 : 2;
    idents.push(`${i},file ${i}`);
    features.push([i, stream.normal() + shift, stream.normal() - shift, stream.normal()].join(','));
    labels.push(`${i},${family === 'office' ? 'benign' : 'malicious'},${family}`);
  }
  const at = `input_data/${project}/${dataset}`;
  return {
    [`${at}/idents.csv`]: `${idents.join('\n')}\n`,
    [`${at}/features/features.csv`]: `${features.join('\n')}\n`,
    [`${at}/labels/true_labels.csv`]: `${labels.join('\n')}\n`,
  };
}
