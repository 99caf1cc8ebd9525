import { printable, UserError } from '../errors.js';

/** Characters (code points) that an instance_id, a project, dataset, label set or family may have: a database key. */
export const maxKeyLength = 190;

/** Code points of `text`, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Whether `text` has more than `maxKeyLength` code points. */
export function isTooLong(text: string): boolean {
  // A code point is one or two units, so most texts need no counting.
  return text.length > maxKeyLength && codePoints(text) > maxKeyLength;
}

/** What is wrong with a key of a dataset's files that no database could keep, in the words of a fault. */
export function keyLengthProblem(text: string): { readonly found: string; readonly expected: string } | undefined {
  if (!isTooLong(text)) return undefined;
  return { found: `${codePoints(text)} characters ("${text.slice(0, 20)}…")`, expected: `at most ${maxKeyLength}` };
}

/**
 * The trimmed name of a project, dataset or label set; throws UserError for one that is no single visible folder name
 * (empty, with a slash, a backslash or a control character, beginning with a dot) or longer than `maxKeyLength`.
 * `what` says what it names: 'project'.
 */
export function checkFolderName(name: string, what: string): string {
  const trimmed = name.trim();
  if (isTooLong(trimmed)) {
    throw new UserError(
      `${what} "${printable(trimmed, 40)}" has ${codePoints(trimmed)} characters; at most ${maxKeyLength} can be kept`,
    );
  }
  if (trimmed.startsWith('.')) {
    throw new UserError(`${what} "${printable(trimmed)}": a name does not begin with a dot`);
  }
  return checkPathPart(trimmed, what);
}

/** `name` if it is one part of a path that leads nowhere else; throws UserError otherwise. */
export function checkPathPart(name: string, what: string): string {
  if (name === '') throw new UserError(`the ${what} has an empty name`);
  if (name === '.' || name === '..' || /[/\\\p{Cc}]/u.test(name)) {
    throw new UserError(`${what} "${printable(name)}": a plain name is expected, without slash, backslash or ".."`);
  }
  return name;
}
