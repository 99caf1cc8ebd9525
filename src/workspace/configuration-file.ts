import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nearest, printable, UserError } from '../errors.js';
import {
  type ConfigurationFile,
  configurationFileSchema,
  configurationForms,
  configurationKeys,
} from '../schema/configuration-file.js';

export const configurationFileName = 'secuml.config.json';

/** A configuration file as read, its paths made relative to where we are. */
export interface ReadConfiguration {
  /** Absent where there is no file. */
  readonly path?: string;
  readonly settings: ConfigurationFile;
}

/**
 * Reads the configuration file that was named, or `secuml.config.json` here if there is one.
 * Throws UserError: a named file is missing (unless it may be), no JSON, an unknown key (with the nearest known one), a wrong value.
 */
export async function readConfigurationFile(
  named: string | undefined,
  here: string,
  mayBeMissing = false,
): Promise<ReadConfiguration> {
  const path = named ?? configurationFileName;
  let text: string;
  try {
    text = await readFile(resolve(here, path), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if ((named === undefined || mayBeMissing) && code === 'ENOENT') return { settings: {} };
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new UserError(`the configuration ${printable(path)} cannot be read: ${why}`, {
      hint: `write one with: secuml init${named === undefined ? '' : ` --config ${printable(path)}`}`,
      cause: error,
    });
  }
  const settings = parseConfiguration(text, path);
  const relative = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : resolve('/', value) === value ? value : join(dirname(path), value);
  const { inputDir, outputDir, myCnf } = settings;
  return {
    path,
    settings: { ...settings, inputDir: relative(inputDir), outputDir: relative(outputDir), myCnf: relative(myCnf) },
  };
}

function shownValue(value: unknown): string {
  return printable(JSON.stringify(value), 60);
}

function parseConfiguration(text: string, path: string): ConfigurationFile {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const parsed = configurationFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .map((key) => `unknown setting "${printable(key)}"${nearest(key, configurationKeys)}`)
        .join('\n');
    }
    const key = issue.path[0] as keyof ConfigurationFile | undefined;
    return key === undefined
      ? `found ${shownValue(json)}, expected an object of settings`
      : `${key}: found ${shownValue((json as Record<string, unknown>)[key])}, expected ${configurationForms[key]}`;
  });
  throw new UserError(`${path}: ${faults.join('\n')}`, { hint: `the settings are: ${configurationKeys.join(', ')}` });
}
