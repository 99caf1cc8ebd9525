import { printableLines, UserError } from '../../errors.js';

/** What a request is refused with: the status, and what is said to the person. */
export class RequestError extends UserError {
  constructor(
    readonly status: number,
    message: string,
    options: { hint?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options);
    this.headers = options.headers ?? {};
  }

  readonly headers: Readonly<Record<string, string>>;
}

/** The answer to a request that failed. */
export interface Failure {
  readonly status: number;
  readonly body: { readonly error: string; readonly hint: string | null };
  readonly headers: Readonly<Record<string, string>>;
}

let bugs = 0;

/**
 * What a browser is told of an error. A bug gets a number under which its stack is found in the terminal (`log`): the
 * browser sees no more of it.
 */
export function failureOf(error: unknown, log: (line: string) => void): Failure {
  if (error instanceof RequestError) {
    const { status, message, hint, headers } = error;
    return { status, body: { error: message, hint: hint ?? null }, headers };
  }
  if (error instanceof UserError) {
    return { status: 400, body: { error: error.message, hint: error.hint ?? null }, headers: {} };
  }
  const number = ++bugs;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(`error ${number}: this is a bug in secuml, please report it:\n${printableLines(stack, 500)}`);
  const body = { error: `the server failed (error ${number})`, hint: 'the terminal of secuml serve tells more' };
  return { status: 500, body, headers: {} };
}
