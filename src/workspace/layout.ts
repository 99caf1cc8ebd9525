import { join } from 'node:path';
import { UserError, printable } from '../errors.js';
import { checkFolderName } from '../io/names.js';

/** Folders of the output directory that belong to no project. */
export const removedFolder = 'removed';
/** The SQLite database in the output directory. */
export const databaseFile = 'secuml.db';

/** Names in the output directory that a project would clash with, in lower case, and why. */
const takenNames: Readonly<Record<string, string>> = {
  [removedFolder]: 'results put aside are kept under that name',
  ...Object.fromEntries(
    ['', '-wal', '-shm', '-journal'].map((end) => [databaseFile + end, 'the database has a file of that name']),
  ),
};

/** Folder of a dataset's label logs, beside its experiments. */
export const labelsFolder = 'labels';

/** Folder of a dataset's labelling loops: what each was begun with, asked and was told. */
export const loopsFolder = 'loops';

/** The finished result of an experiment, relative to the output directory. */
export const experimentPath = (project: string, dataset: string, id: string): string => join(project, dataset, id);

/** The folder of an experiment that is still being written. */
export const temporaryName = (id: string): string => `.${id}.tmp`;

/** The folder of an experiment that is being removed. */
export const doomedName = (id: string): string => `.${id}.removed`;

/** What a folder inside a dataset's results is, by its name: undefined for what is not ours. */
export function experimentFolder(
  name: string,
): { id: string; state: 'finished' | 'unfinished' | 'doomed' } | undefined {
  if (isExperimentId(name)) return { id: name, state: 'finished' };
  const [id, state] = name.endsWith('.tmp')
    ? ([name.slice(1, -'.tmp'.length), 'unfinished'] as const)
    : ([name.slice(1, -'.removed'.length), 'doomed'] as const);
  const expected = state === 'unfinished' ? temporaryName(id) : doomedName(id);
  return isExperimentId(id) && name === expected ? { id, state } : undefined;
}

const idPattern = /^\d{8}-\d{6}-\d{3}-[0-9a-z]{4}$/;

function isExperimentId(text: string): boolean {
  return idPattern.test(text);
}

let lastMillisecond = 0;
// Without the letters that are read as digits.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id, `YYYYMMDD-HHMMSS-mmm-xxxx` in UTC: ids sort by time. Two in one process never share a millisecond,
 * and the random tail, which is unique enough to type, tells processes apart.
 */
export function newExperimentId(now = Date.now()): string {
  lastMillisecond = Math.max(now, lastMillisecond + 1);
  const [date, time] = new Date(lastMillisecond).toISOString().slice(0, -1).split('T');
  const [clock, milliseconds] = time.split('.');
  const tail = Array.from({ length: 4 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
  return `${date.replaceAll('-', '')}-${clock.replaceAll(':', '')}-${milliseconds}-${tail}`;
}

/** Refuses a name that is no single visible folder, or has blanks around it: it must never lead anywhere else. */
export function checkName(name: string, what: string): void {
  if (checkFolderName(name, what) === name) return;
  throw new UserError(`${what} "${printable(name)}": a name has no blanks around it`);
}

/** Refuses a project name that is no folder's name or would collide with our own folders of the output directory. */
export function checkOutputProject(project: string): void {
  checkName(project, 'project');
  const taken = takenNames[project.toLowerCase()];
  if (taken === undefined) return;
  throw new UserError(`a project cannot be called "${printable(project)}": ${taken}`, {
    hint: 'rename the project folder',
  });
}
