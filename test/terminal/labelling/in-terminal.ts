import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a person does at a terminal; see pty-driver.py. */
export type Step =
  | { readonly see: string }
  | { readonly gone: string }
  | { readonly type: string }
  | { readonly resize: readonly [columns: number, rows: number] }
  | { readonly signal: NodeJS.Signals }
  | { readonly stopped: true }
  | { readonly pause: number }
  | { readonly 'hang up': true }
  | { readonly keep: string };

/** What came of it. */
export interface Seen {
  readonly status: number;
  /** Screens that were kept, by name. */
  readonly kept: Readonly<Record<string, string>>;
  /** Everything the program sent. */
  readonly sent: string;
  /** Whether the terminal was given back as it was. */
  readonly restored: boolean;
  /** What is on the screen after the program. */
  readonly left: string;
  /** Milliseconds from each typed text to the first and to the last of what it drew. */
  readonly delays: readonly (readonly [first: number, last: number])[];
}

export interface TerminalOptions {
  readonly cwd?: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | null>>;
}

/** Runs a program in a terminal of its own and plays a person at it. */
export function inTerminal(command: readonly string[], steps: readonly Step[], options: TerminalOptions = {}): Seen {
  const { cwd = process.cwd(), columns = 80, rows = 24, env = {} } = options;
  const locale = { LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: null, CI: null };
  const play = { command, cwd, columns, rows, env: { ...locale, ...env }, steps };
  const { stdout, stderr, status } = spawnSync('python3', [join(import.meta.dirname, 'pty-driver.py')], {
    input: JSON.stringify(play),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Seen;
}
