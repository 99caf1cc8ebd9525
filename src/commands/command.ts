import type { CancelSignal } from '../ml/fit-context.js';
import type { OptionSpecs, OptionsOf } from './options/options.js';
import { experimentName, flag, list, number, size, text } from './options/options.js';

/** The standard streams of the process, passed in so that a test can read them. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/**
 * 0 done, 1 an assertion failed or a check found faults, 130 ended by Ctrl-C where that is the normal end. Other codes
 * come from errors (see main.ts).
 */
export type ExitCode = 0 | 1 | 130;

/** What a subcommand is run with. */
export interface Invocation<S extends OptionSpecs = OptionSpecs> {
  /** Positional arguments. */
  readonly args: readonly string[];
  readonly options: OptionsOf<S & typeof commonOptions>;
  readonly streams: Streams;
  readonly environment: NodeJS.ProcessEnv;
  /** Set by Ctrl-C. */
  readonly signal: CancelSignal;
  /** The command line as typed, quoted for a shell, to reproduce the run. */
  readonly commandLine: string;
}

/** A subcommand: its arguments and options as data, and its story. */
export interface CommandModule<S extends OptionSpecs = OptionSpecs> {
  /** Positional arguments as commander writes them: `[project] [dataset]`. */
  readonly arguments?: string;
  readonly options: S;
  /** Shown under the options: at least one example. */
  readonly examples: string;
  run(invocation: Invocation<S>): Promise<ExitCode>;
}

/** A subcommand as a registry lists it. */
export interface CommandEntry {
  readonly summary: string;
  /** Loads the module when the command is used: `secuml --help` loads none of them. */
  load(): Promise<CommandModule>;
}

/** A subcommand that is a family of subcommands of its own: `secuml labels export`. */
export interface CommandGroup {
  readonly summary: string;
  /** Loads their list, by name, when one of them is used. */
  subcommands(): Promise<Readonly<Record<string, CommandEntry>>>;
}

/** Declares a subcommand; its option types are checked inside and forgotten outside. */
export function defineCommand<const S extends OptionSpecs>(command: CommandModule<S>): CommandModule {
  // The options are only ever parsed by the module's own specs, so the narrowing is sound.
  return command as unknown as CommandModule;
}

/** Options that every subcommand takes. */
export const commonOptions = {
  inputDir: text('--input-dir <dir>', 'folder of the datasets (input_data)'),
  outputDir: text('--output-dir <dir>', 'folder of the results (output_data)'),
  db: text('--db <url>', 'database: mysql://user@host:port/name, or sqlite (the default)'),
  myCnf: text('--my-cnf <file>', 'MySQL option file with host, user, password and database'),
  config: text('--config <file>', 'configuration file (secuml.config.json)'),
  json: flag('--json', 'print the result as JSON on stdout'),
  quiet: flag('--quiet', 'no progress and no notes on stderr'),
  verbose: flag('--verbose', 'more notes on stderr, and the stack of an error'),
} as const;

/** Options of the subcommands that compute an experiment. */
export const experimentOptions = {
  name: experimentName('--name <text>', 'a name for the experiment, to find it again'),
  seed: text('--seed <n>', 'seed of every use of chance: a whole number, or random (0)'),
  jobs: number('--jobs <n>', 'worker threads (all cores)', { min: 1, max: 1024, integer: true }),
  dbRows: text('--db-rows <rows>', 'row-level results in the database: all, none or a number (see docs/storage.md)'),
  rowsCsv: flag('--rows-csv', 'write row-level CSV files above 100,000 rows too'),
  verifyInput: flag('--verify-input', 'read the feature files again even if the cache knows them, and compare'),
  cacheLimit: size('--cache-limit <size>', 'size of the cache of parsed features (10G)'),
  maxMemory: size('--max-memory <size>', 'refuse work that would need more memory (what the machine has)'),
} as const;

/** Options that name a dataset and what is read of it. */
export const datasetOptions = {
  project: text('--project <name>', 'the project'),
  dataset: text('--dataset <name>', 'the dataset'),
  features: list('--features <file>', 'feature file or folder inside features/, joined by instance_id'),
  labels: text('--labels <file>', 'labels: a file, set:NAME or loop:ID (true_labels.csv)'),
  filterIn: text('--filter-in <file>', 'use only the features named in this file, one a line'),
  filterOut: text('--filter-out <file>', 'leave out the features named in this file, one a line'),
  sample: number('--sample <n>', 'use only n instances, drawn by the seed', { min: 1, integer: true }),
} as const;
