import { writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';
import { printable, UserError } from '../errors.js';
import type { ConfigurationFile } from '../schema/configuration-file.js';
import { type Style, styleFor } from '../terminal/style.js';
import { type Configuration, namedConfiguration, resolveConfiguration } from '../workspace/configuration.js';
import { configurationFileName } from '../workspace/configuration-file.js';
import { findDatasets } from '../workspace/dataset/found-datasets.js';
import { ensureOutputFolder } from '../workspace/output-folder.js';
import { openWorkspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';

/** One thing that was looked at: ready, or what is in the way. */
interface Readiness {
  readonly what: string;
  readonly state: string;
  readonly error?: UserError;
}

export const initCommand = defineCommand({
  options: {},
  examples: `Examples:
  secuml init
  secuml init --input-dir /data/security --output-dir results
  secuml init --db mysql://me@db.example.org/secuml --my-cnf ~/.my.cnf
Writes ${configurationFileName} (an existing one is kept) and says what is ready.`,
  async run({ options, streams, environment }) {
    const configuration = await resolveConfiguration(options, environment, undefined, { configMayBeMissing: true });
    const target = namedConfiguration(options, environment) ?? configurationFileName;
    const results = [
      await writeConfiguration(configuration, target, newSettings(options, configuration, target)),
      { what: 'Node.js', state: process.version },
      await checkOutput(configuration),
      await checkDatabase(configuration),
      await checkInput(configuration),
    ];
    if (options.json) {
      const json = results.map(({ what, state, error }) => ({
        what,
        ready: error === undefined,
        state,
        hint: error?.hint,
      }));
      streams.stdout.write(`${JSON.stringify(json)}\n`);
    } else {
      streams.stdout.write(describe(results, styleFor(streams.stdout, environment)));
    }
    const missing = results.filter(({ error }) => error !== undefined);
    // What is wrong and what to do stands above, line by line.
    if (missing.length > 0) throw new UserError(`not ready yet: ${missing.map(({ what }) => what).join(', ')}`);
    return 0;
  },
});

/** What is written: paths count from the file, wherever it is. */
function newSettings(
  { db, myCnf }: { readonly db?: string; readonly myCnf?: string },
  { inputDir, outputDir }: Configuration,
  target: string,
): ConfigurationFile {
  const fromFile = (path: string): string => (isAbsolute(path) ? path : relative(dirname(target), path) || '.');
  return {
    inputDir: fromFile(inputDir),
    outputDir: fromFile(outputDir),
    db,
    myCnf: myCnf === undefined ? undefined : fromFile(myCnf),
  };
}

async function writeConfiguration(
  { file }: Configuration,
  target: string,
  settings: ConfigurationFile,
): Promise<Readiness> {
  const what = 'configuration';
  if (file !== undefined) return { what, state: `${file}, as it was` };
  try {
    await writeFile(target, `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' });
    return { what, state: `${printable(target)}, written` };
  } catch (cause) {
    const error = new UserError(`${printable(target)} cannot be written: ${(cause as Error).message}`, { cause });
    return { what, state: error.message, error };
  }
}

async function checkOutput({ outputDir }: Configuration): Promise<Readiness> {
  const what = 'results';
  try {
    await ensureOutputFolder(outputDir);
    return { what, state: printable(outputDir) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { what, state: error.message, error };
  }
}

async function checkDatabase(configuration: Configuration): Promise<Readiness> {
  const what = 'database';
  try {
    const workspace = await openWorkspace(configuration);
    const state = [workspace.storeName, ...workspace.warnings].join('; ');
    await workspace.close();
    return { what, state };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { what, state: error.message, error };
  }
}

async function checkInput({ inputDir }: Configuration): Promise<Readiness> {
  const datasets = await findDatasets(inputDir);
  if (datasets.length > 0) return { what: 'datasets', state: datasets.map((name) => printable(name)).join(', ') };
  const hint = 'put a dataset into PROJECT/DATASET/ there (see docs/data-format.md), or name another with --input-dir';
  const error = new UserError(`no dataset in ${printable(inputDir)}`, { hint });
  return { what: 'datasets', state: error.message, error };
}

function describe(results: readonly Readiness[], style: Style): string {
  const lines = results.map(({ what, state, error }) => {
    const mark = error === undefined ? style.benign('ready  ') : style.malicious('missing');
    return `${mark}  ${what.padEnd(13)}  ${state}${error?.hint === undefined ? '' : `\n                        ${error.hint}`}`;
  });
  return `${lines.join('\n')}\n`;
}
