import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mysqlAddress, type OptionFileSettings, optionGroups, optionSettings, speaksOf } from '../db/mysql-address.js';
import { parseMysqlUrl } from '../db/mysql-url.js';
import { readOptionFile } from '../db/option-file.js';
import type { StoreAddress } from '../db/store-address.js';
import { UserError } from '../errors.js';
import { databaseFile } from './layout.js';

/** The places where a database can be named, strongest first. */
export interface StoreSources {
  /** `--db`. */
  readonly db?: string;
  /** `--my-cnf`. */
  readonly myCnf?: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Of the configuration file. */
  readonly configured: { readonly db?: string; readonly myCnf?: string };
  readonly outputDir: string;
  readonly here: string;
}

const localOptionFile = 'my.cnf';

/**
 * The database to use: `--db`, `--my-cnf`, SECUML_DB, SECUML_MY_CNF, the configuration, `./my.cnf`, else SQLite in the
 * output directory. The password comes from the option file that goes with it, or from SECUML_DB_PASSWORD.
 * Throws UserError for a wrong URL, a URL with a password, an option file that cannot be read.
 */
export async function chooseStore(sources: StoreSources): Promise<StoreAddress> {
  const { environment, configured, here } = sources;
  const choices: { db?: string; myCnf?: string }[] = [
    { db: sources.db, myCnf: sources.myCnf },
    { db: environment.SECUML_DB || undefined, myCnf: environment.SECUML_MY_CNF || undefined },
    configured,
  ];
  const chosen = choices.find(({ db, myCnf }) => db !== undefined || myCnf !== undefined);
  // A URL may be completed by an option file that was named at its own place or a weaker one.
  const namedFile = choices.slice(chosen ? choices.indexOf(chosen) : 0).find(({ myCnf }) => myCnf !== undefined)?.myCnf;
  const hasLocal = existsSync(resolve(here, localOptionFile));
  const password = environment.SECUML_DB_PASSWORD || undefined;
  if (chosen?.db !== undefined) {
    if (chosen.db === 'sqlite') return { kind: 'sqlite', file: join(sources.outputDir, databaseFile) };
    const url = parseMysqlUrl(chosen.db);
    if (namedFile !== undefined) return mysqlAddress(url, await optionsOf(namedFile, here), password);
    const local = hasLocal ? await optionsOf(localOptionFile, here) : undefined;
    return mysqlAddress(url, local && speaksOf(local, url) ? local : undefined, password);
  }
  const file = namedFile ?? (hasLocal ? localOptionFile : undefined);
  if (file === undefined) return { kind: 'sqlite', file: join(sources.outputDir, databaseFile) };
  return mysqlAddress({}, await optionsOf(file, here), password);
}

async function optionsOf(file: string, here: string): Promise<OptionFileSettings> {
  let text: string;
  try {
    text = await readFile(resolve(here, file), 'utf8');
  } catch (error) {
    throw new UserError(`the MySQL option file ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return optionSettings(readOptionFile(text, optionGroups, file), file);
}
