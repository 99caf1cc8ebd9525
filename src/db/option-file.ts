import { UserError } from '../errors.js';

/** One option of a MySQL option file; a flag without a value has `value` undefined. */
export interface FileOption {
  /** As written, but with - for _ and in lower case. */
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * The options of some groups of a MySQL option file, group by group in the order asked for, so that later ones win.
 * Rules as MySQL's: `#` or `;` begins a comment line, `#` after a value too unless quoted, values may be quoted,
 * `\s \t \n \r \b \\ \" \'` stand for what they say, `!include` lines are left aside.
 * Throws UserError naming file and line.
 */
export function readOptionFile(text: string, groups: readonly string[], source: string): FileOption[] {
  const found = new Map<string, FileOption[]>(groups.map((group) => [group, []]));
  let group: string | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';') || line.startsWith('!')) continue;
    if (line.startsWith('[')) {
      const end = line.indexOf(']');
      if (end < 0) throw new UserError(`${source}:${index + 1}: found "[" without "]"`);
      group = line.slice(1, end).trim();
    } else if (group === undefined) {
      throw new UserError(`${source}:${index + 1}: found an option before the first group such as [client]`);
    } else {
      found.get(group)?.push(parseOption(line));
    }
  }
  return groups.flatMap((name) => found.get(name) ?? []);
}

function parseOption(line: string): FileOption {
  const text = withoutComment(line).trimEnd();
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).trim().toLowerCase().replaceAll('_', '-');
  return { name, value: equals < 0 ? undefined : unquote(text.slice(equals + 1).trim()) };
}

/** The line up to a `#` that stands outside quotes. */
function withoutComment(line: string): string {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '\\' && quote !== '') i++;
    else if (quote === '' && (c === '"' || c === "'")) quote = c;
    else if (c === quote) quote = '';
    else if (c === '#' && quote === '') return line.slice(0, i);
  }
  return line;
}

const escapes: Record<string, string> = { s: ' ', t: '\t', n: '\n', r: '\r', b: '\b', '\\': '\\', '"': '"', "'": "'" };

function unquote(value: string): string {
  const quoted = value.length > 1 && /^["']/.test(value) && value.at(-1) === value[0];
  const inner = quoted ? value.slice(1, -1) : value;
  return inner.replace(/\\(.)/g, (both, c: string) => escapes[c] ?? both);
}
