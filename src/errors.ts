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
  readonly total?: number;

  constructor(faults: readonly Fault[], options: { hint?: string; total?: number } = {}) {
    super(faults.map(describeFault).join('\n'), options);
    this.faults = faults;
    this.total = options.total;
  }
}

/** The work was cancelled by the user (Ctrl-C). Exit code 130. */
export class InterruptedError extends Error {
  /** @param kept what was kept of the work, in plain words */
  constructor(kept = 'nothing half-written was kept') {
    super(`interrupted: ${kept}`);
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
  // A text may have any length: of what is cut off nothing is looked at (a character is at most two units).
  const shown = text.length > 2 * limit + 2 ? text.slice(0, 2 * limit + 2) : text;
  // Cs, Cc, Cf and the line/paragraph separators are what lets data write over a terminal's lines.
  const safe = shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  const points = Array.from(safe);
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}…` : safe;
}

/** The same for a text of several lines, such as a message that quotes data or a stack: its line ends stay. */
export function printableLines(text: string, limit = 10_000): string {
  return text
    .split('\n')
    .map((line) => printable(line, limit))
    .join('\n');
}

/** 1234567 as 1,234,567. Not by toLocaleString: its tables take 20 ms to load. */
export function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A number of things in words: `1 feature`, `1,024 features`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** ` (did you mean "X"?)` for the nearest of `known` within a third of its length, else nothing. */
export function nearest(typed: string, known: readonly string[]): string {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of known) {
    const distance = editDistance(typed.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best !== undefined && bestDistance <= Math.max(1, best.length / 3) ? ` (did you mean "${best}"?)` : '';
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
