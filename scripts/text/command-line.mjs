/** What the build scripts' command lines have in common: help, usage errors, missing packages, exit codes. */
import { parseArgs } from 'node:util';

/** Something the user can put right; shown without a stack trace. */
export class UserError extends Error {}

const OK = 0;
const USER_CAN_FIX = 2;
const OUR_BUG = 70;

/** The file system's faults that are the user's to fix. */
const FILE_FAULTS = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/**
 * @param {unknown} error
 * @param {string} install
 * @returns {UserError | undefined}
 */
function asUserError(error, install) {
  if (error instanceof UserError) return error;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return new UserError(
      `a package is missing; install what the script needs first:\n  ${install}\n(${error.message})`,
    );
  }
  if (code.startsWith('ERR_PARSE_ARGS_')) return new UserError(`${error.message}\nSee --help.`);
  return FILE_FAULTS.has(code) ? new UserError(error.message) : undefined;
}

/**
 * Runs a script and sets the exit code.
 * @template {import('node:util').ParseArgsConfig['options']} O
 * @param {object} script
 * @param {string} script.help
 * @param {string} script.install the command that installs what it needs
 * @param {O} script.options
 * @param {(options: Record<string, string | undefined>, positionals: string[]) => Promise<string>} script.run
 *   returns what to say at the end
 */
export async function runScript({ help, install, options, run }) {
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const text = values.help
      ? help
      : await run(/** @type {Record<string, string | undefined>} */ (values), positionals);
    process.stdout.write(`${text.trim()}\n`);
    process.exitCode = OK;
  } catch (error) {
    const userError = asUserError(error, install);
    process.stderr.write(`${userError ? `error: ${userError.message}` : (error?.stack ?? error)}\n`);
    process.exitCode = userError ? USER_CAN_FIX : OUR_BUG;
  }
}

/** @param {number} share */
export const percent = (share) => `${(share * 100).toFixed(1)} %`;
