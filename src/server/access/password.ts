import { readFile } from 'node:fs/promises';
import { timingSafeEqual } from 'node:crypto';
import { UserError } from '../../errors.js';
import { digestOf } from './one-time-tokens.js';

const shortestPassword = 12;

/** The password that lets people in from other machines. */
export interface Password {
  matches(typed: string): boolean;
}

/**
 * The password of `--password-file`, else of SECUML_SERVE_PASSWORD, undefined where neither is given. The line end of a
 * file does not belong to it. Throws UserError for a file that cannot be read and for less than 12 characters.
 */
export async function readPassword(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Password | undefined> {
  const source = file === undefined ? 'SECUML_SERVE_PASSWORD' : `the password file ${file}`;
  const text = file === undefined ? environment.SECUML_SERVE_PASSWORD || undefined : await readPasswordFile(file);
  if (text === undefined) return undefined;
  if ([...text].length < shortestPassword) {
    throw new UserError(`${source} holds fewer than ${shortestPassword} characters`, {
      hint: 'everybody who reaches the port can try: take a long one, such as of: openssl rand -base64 24',
    });
  }
  const digest = digestOf(text);
  return { matches: (typed) => timingSafeEqual(digestOf(typed), digest) };
}

async function readPasswordFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw new UserError(`the password file ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
