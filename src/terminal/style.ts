import { Chalk, type ChalkInstance } from 'chalk';

/** Colours by meaning: the same in every table and plot. */
export interface Style {
  readonly title: ChalkInstance;
  readonly quiet: ChalkInstance;
  readonly malicious: ChalkInstance;
  readonly benign: ChalkInstance;
  readonly all: ChalkInstance;
  readonly uncertain: ChalkInstance;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Columns that a table may take: those of the terminal; no limit for a file or another program. */
  readonly tableWidth: number;
}

/** The style for a stream: colours only on a real terminal, and never under NO_COLOR or TERM=dumb. */
export function styleFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Style {
  const forced = environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0';
  const plain = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  const chalk = new Chalk({ level: forced || (stream.isTTY && !plain) ? 1 : 0 });
  const columns = stream.isTTY && stream.columns > 0 ? stream.columns : undefined;
  return {
    title: chalk.bold,
    quiet: chalk.dim,
    malicious: chalk.red,
    benign: chalk.green,
    all: chalk.blue,
    uncertain: chalk.yellow,
    width: columns ?? 100,
    tableWidth: columns ?? Number.POSITIVE_INFINITY,
  };
}
