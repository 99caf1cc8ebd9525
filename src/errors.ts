/** One thing wrong in an input file: where it is, what was found, what was expected. */
export interface Fault {
  /** Path as the user knows it. */
  readonly file: string;
  /** 1-based line; absent when the whole file is at fault. */
  readonly line?: number;
  /** 1-based column (cell) number, or the column's name where the header is known. */
  readonly column?: number | string;
  readonly found: string;
  readonly expected: string;
}

/** Something the user can mend: a flag, a file, the configuration, the database. Exit code 2, no stack. */
export class UserError extends Error {
  readonly hint?: string;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Faults in the user's data, up to the limit of the reader; `total` counts those beyond it too where that is known. */
export class DataError extends UserError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], options: { hint?: string } = {}) {
    super(faults.map(describeFault).join('\n'), options);
    this.faults = faults;
  }
}

/** The work was cancelled by the user (Ctrl-C). Exit code 130. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}

/** `file:line:column: found X, expected Y`, with every control character of the data made visible. */
export function describeFault(fault: Fault): string {
  const place = [fault.file, fault.line, fault.column]
    .filter((part) => part !== undefined)
    .map((part) => printable(String(part)))
    .join(':');
  return `${place}: found ${printable(fault.found)}, expected ${printable(fault.expected)}`;
}

/**
 * A string from a dataset made safe for a terminal: control, format (bidi, zero-width) and unpaired surrogate
 * characters become `\u{…}`, and anything beyond `limit` characters is cut with an ellipsis.
 */
export function printable(text: string, limit = 300): string {
  // Cs, Cc, Cf and the line/paragraph separators are what lets data write over a terminal's lines.
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  const points = Array.from(safe);
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}…` : safe;
}
