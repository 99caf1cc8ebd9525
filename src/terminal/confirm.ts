import { createInterface } from 'node:readline';
import { InterruptedError, UserError } from '../errors.js';

/**
 * Asks a question that `y` or `yes` answers with yes and anything else, the end of the input too, with no.
 * Throws UserError with `hint` where nobody can be asked, InterruptedError for Ctrl-C.
 */
export async function confirm(
  stdin: NodeJS.ReadStream,
  stderr: NodeJS.WriteStream,
  question: string,
  hint: string,
): Promise<boolean> {
  if (!stdin.isTTY || !stderr.isTTY)
    throw new UserError('this asks for a confirmation, and there is no terminal', { hint });
  const lines = createInterface({ input: stdin, output: stderr, terminal: true });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      lines.once('SIGINT', () => reject(new InterruptedError()));
      lines.once('close', () => resolve(false));
      lines.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/i.test(answer.trim())));
    });
  } finally {
    lines.close();
  }
}
