import { availableParallelism, totalmem } from 'node:os';
import type { StoreAddress } from '../db/store-address.js';
import { printable, UserError } from '../errors.js';
import { readConfigurationFile } from './configuration-file.js';
import { type DatabaseRows, parseDatabaseRows } from './experiment/database-rows.js';
import { parseSize } from './size.js';
import { chooseStore } from './store-choice.js';

/** Flags as typed; what was not given is undefined. */
export interface ConfigurationFlags {
  readonly inputDir?: string;
  readonly outputDir?: string;
  readonly db?: string;
  readonly myCnf?: string;
  readonly config?: string;
  readonly dbRows?: string;
  readonly seed?: string;
  readonly jobs?: number;
  readonly cacheLimit?: number;
  readonly maxMemory?: number;
  readonly rowsCsv?: boolean;
  readonly verifyInput?: boolean;
}

/** Every setting, resolved: flag, else SECUML_* in the environment, else secuml.config.json, else the default. */
export interface Configuration {
  readonly inputDir: string;
  readonly outputDir: string;
  readonly store: StoreAddress;
  readonly dbRows: DatabaseRows;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly jobs: number;
  /** Bytes. */
  readonly cacheLimit: number;
  /** Bytes. */
  readonly maxMemory: number;
  readonly rowsCsv: boolean;
  readonly verifyInput: boolean;
  /** The configuration file that was read, if any. */
  readonly file?: string;
}

const defaultCacheLimit = 10 * 2 ** 30;

/** Resolves every setting in one place; throws UserError for a value that makes no sense, naming where it comes from. */
export async function resolveConfiguration(
  flags: ConfigurationFlags,
  environment: NodeJS.ProcessEnv,
  here = process.cwd(),
  options: { readonly configMayBeMissing?: boolean } = {},
): Promise<Configuration> {
  const { path: file, settings } = await readConfigurationFile(
    namedConfiguration(flags, environment),
    here,
    options.configMayBeMissing,
  );
  const pick = <T>(
    flag: T | undefined,
    name: string,
    parse: (text: string, source: string) => T,
    configured: T | undefined,
  ): T | undefined => {
    if (flag !== undefined) return flag;
    const variable = `SECUML_${name}`;
    const text = environment[variable];
    return text ? parse(text, variable) : configured;
  };
  const asText = (text: string): string => text;
  const sizeSetting = (value: number | string | undefined, key: string): number | undefined =>
    typeof value === 'string' ? sizeOf(value, `${file}: ${key}`) : value;

  const outputDir = pick(flags.outputDir, 'OUTPUT_DIR', asText, settings.outputDir) ?? 'output_data';
  const typedSeed = flags.seed === undefined ? undefined : parseSeed(flags.seed, '--seed');
  const configuredSeed = settings.seed === undefined ? undefined : parseSeed(String(settings.seed), `${file}: seed`);
  const typedRows = flags.dbRows === undefined ? undefined : parseDatabaseRows(flags.dbRows, '--db-rows');
  return {
    inputDir: pick(flags.inputDir, 'INPUT_DIR', asText, settings.inputDir) ?? 'input_data',
    outputDir,
    store: await chooseStore({ db: flags.db, myCnf: flags.myCnf, environment, configured: settings, outputDir, here }),
    dbRows: pick<DatabaseRows>(typedRows, 'DB_ROWS', parseDatabaseRows, settings.dbRows) ?? 'auto',
    seed: pick(typedSeed, 'SEED', parseSeed, configuredSeed) ?? 0,
    jobs: pick(flags.jobs, 'JOBS', jobsOf, settings.jobs) ?? availableParallelism(),
    cacheLimit:
      pick(flags.cacheLimit, 'CACHE_LIMIT', sizeOf, sizeSetting(settings.cacheLimit, 'cacheLimit')) ??
      defaultCacheLimit,
    maxMemory:
      pick(flags.maxMemory, 'MAX_MEMORY', sizeOf, sizeSetting(settings.maxMemory, 'maxMemory')) ?? memoryAtHand(),
    rowsCsv: pick(flags.rowsCsv, 'ROWS_CSV', switchOf, settings.rowsCsv) ?? false,
    verifyInput: pick(flags.verifyInput, 'VERIFY_INPUT', switchOf, settings.verifyInput) ?? false,
    file,
  };
}

/** The configuration file that a flag or the environment names. */
export function namedConfiguration(
  flags: Pick<ConfigurationFlags, 'config'>,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  return flags.config ?? (environment.SECUML_CONFIG || undefined);
}

function parseSeed(text: string, source: string): number {
  // Chance enters here and nowhere else; the seed drawn is written into the result.
  if (text === 'random') return Math.floor(Math.random() * 2 ** 32);
  const seed = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UserError(
    `${source}: found "${printable(text)}", expected "random" or a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
  );
}

function sizeOf(text: string, source: string): number {
  const bytes = parseSize(text);
  if (bytes !== undefined) return bytes;
  throw new UserError(`${source}: found "${text}", expected a size such as 500M or 2G`);
}

function jobsOf(text: string, source: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1024) return Number(text);
  throw new UserError(`${source}: found "${text}", expected a whole number from 1 to 1024`);
}

function switchOf(text: string, source: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new UserError(`${source}: found "${text}", expected 1 or 0`);
}

/** What the machine, or the container around us, has. */
function memoryAtHand(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}
