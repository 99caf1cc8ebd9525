import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../db/file-lock.js';
import { selectDatasets, selectExperiments } from '../db/queries/experiments.js';
import { type LabelSetName, labelSetId, selectLabelSets } from '../db/queries/labels.js';
import { deleteOwner } from '../db/queries/removal.js';
import type { Store } from '../db/store.js';
import { printable, UserError } from '../errors.js';
import { makeFolder } from '../io/files/make-folder.js';
import { syncFolder } from '../io/results/file-writer.js';
import { type ExperimentRecord, experimentRecord, pickExperiment } from './experiment/experiment-record.js';
import { labelLogFile } from './labels/label-reader.js';
import { labelLockFile } from './labels/label-store.js';
import { removeLoopLog } from './loop-removal.js';
import { listLoops } from './loop-store.js';
import { doomedName, experimentPath, labelsFolder, removedFolder, temporaryName } from './layout.js';
import { isAlive, readOwner } from './owner-process.js';
import { type FoundExperiment, scanResults } from './scan.js';

/** What to remove: one experiment; all that was interrupted or failed; or a project, or one dataset of it. */
export type RemovalRequest =
  | { readonly experiment: string }
  | { readonly interrupted: true }
  | { readonly project: string; readonly dataset?: string };

/** An experiment to remove: its row, its folders, or both. */
export interface DoomedExperiment {
  readonly id: string;
  readonly project: string;
  readonly dataset: string;
  readonly finished: boolean;
}

/** What a removal would do; nothing has been done yet. */
export interface RemovalPlan {
  readonly experiments: readonly DoomedExperiment[];
  readonly labelSets: readonly LabelSetName[];
  /** Interrupted ones whose files are whole: they are kept, `secuml reindex` brings them in. */
  readonly kept: readonly string[];
  /** Labelling loops that were left: they are kept, as they can be gone on with. */
  readonly loops: readonly string[];
}

export interface RemovalOptions {
  /** Destroy the label logs; they are moved aside otherwise. */
  readonly labelsToo: boolean;
  progress?(done: number, total: number): void;
}

/** What a removal did. */
export interface RemovalReport {
  readonly experiments: number;
  readonly labelSets: number;
  /** Where the label logs lie now; absent where none was moved. */
  readonly labelsMovedTo?: string;
}

/** Finds out what a removal would take; throws UserError for what does not exist and for what still runs. */
export async function planRemoval(store: Store, outputDir: string, request: RemovalRequest): Promise<RemovalPlan> {
  const scope = 'project' in request ? { project: request.project, dataset: request.dataset } : {};
  const rows = await selectExperiments(store, scope);
  const records = rows.map((row) => experimentRecord(row, outputDir));
  const scanned = await scanResults(outputDir, scope);
  const folders = scanned.flatMap((dataset) => dataset.experiments);
  if ('experiment' in request) {
    const wanted = pickExperiment([...records, ...unlisted(folders, records)].sort(byId), request.experiment);
    const family = rows.filter((row) => row.parent_id === wanted.id).map((row) => row.id);
    const ids = new Set([wanted.id, ...family]);
    return plan(
      records.filter(({ id }) => ids.has(id)),
      folders.filter(({ id }) => ids.has(id)),
      [],
    );
  }
  if ('interrupted' in request) return planInterrupted(records, folders, await listLoops(outputDir));
  const stored = await selectLabelSets(store, scope);
  const sets = new Map(
    [...scanned.flatMap(({ labelSets }) => labelSets), ...stored].map((set) => [labelSetId(set), set]),
  );
  if (rows.length === 0 && scanned.length === 0 && sets.size === 0) throw await nothingThere(store, outputDir, request);
  return plan(records, folders, [...sets.values()]);
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** Experiments that have a folder but no row (the database was lost): they can be named too. */
function unlisted(folders: readonly FoundExperiment[], records: readonly ExperimentRecord[]): ExperimentRecord[] {
  const known = new Set(records.map(({ id }) => id));
  return folders
    .filter(({ id }) => !known.has(id))
    .map(({ id, project, dataset, directory, state }) => {
      const status = state === 'finished' ? 'done' : 'interrupted';
      const unknown = { name: null, started: '', finished: null, seconds: null, seed: null, warnings: 0, error: null };
      return { id, kind: 'not in the database', project, dataset, status, directory, ...unknown };
    });
}

async function plan(
  records: readonly ExperimentRecord[],
  folders: readonly FoundExperiment[],
  labelSets: readonly LabelSetName[],
): Promise<RemovalPlan> {
  for (const record of records) if (record.status === 'running') throw stillRunning(record.id);
  for (const folder of folders) if (await isWritten(folder)) throw stillRunning(folder.id);
  return { experiments: merge(records, folders), labelSets, kept: [], loops: [] };
}

async function planInterrupted(
  records: readonly ExperimentRecord[],
  folders: readonly FoundExperiment[],
  loops: readonly { readonly id: string }[],
): Promise<RemovalPlan> {
  const begun = new Set(loops.map(({ id }) => id));
  const whole = new Set(folders.filter(({ state }) => state === 'finished').map(({ id }) => id));
  const over = records.filter(({ status }) => status === 'interrupted' || status === 'failed');
  const ended = over.filter(({ id }) => !begun.has(id));
  const kept = ended.filter(({ id }) => whole.has(id)).map(({ id }) => id);
  const alive = new Set(records.filter(({ status }) => status === 'running').map(({ id }) => id));
  const leftovers: FoundExperiment[] = [];
  for (const folder of folders) {
    const isLeft = folder.state !== 'finished' && !alive.has(folder.id) && !begun.has(folder.id);
    if (isLeft && !(await isWritten(folder))) leftovers.push(folder);
  }
  return {
    experiments: merge(
      ended.filter(({ id }) => !whole.has(id)),
      leftovers,
    ),
    labelSets: [],
    kept,
    loops: over.filter(({ id }) => begun.has(id)).map(({ id }) => id),
  };
}

/** One entry for each id. */
function merge(records: readonly ExperimentRecord[], folders: readonly FoundExperiment[]): DoomedExperiment[] {
  const entries = new Map<string, DoomedExperiment>();
  for (const { id, project, dataset, status } of records)
    entries.set(id, { id, project, dataset, finished: status === 'done' });
  for (const { id, project, dataset, state } of folders) {
    const finished = entries.get(id)?.finished || state === 'finished';
    entries.set(id, { id, project, dataset, finished });
  }
  return [...entries.values()].sort(byId);
}

/** Some process is writing the folder. */
async function isWritten({ state, directory }: FoundExperiment): Promise<boolean> {
  if (state !== 'unfinished') return false;
  const owner = await readOwner(directory);
  return owner !== undefined && isAlive(owner, Date.now() - owner.heartbeat.getTime());
}

function stillRunning(id: string): UserError {
  return new UserError(`experiment ${id} is still running`, { hint: 'wait for it or end it (Ctrl-C) first' });
}

async function nothingThere(
  store: Store,
  outputDir: string,
  { project, dataset }: { readonly project: string; readonly dataset?: string },
): Promise<UserError> {
  const known = new Set((await selectDatasets(store)).map((row) => `${row.project}/${row.dataset}`));
  for (const found of await scanResults(outputDir)) known.add(`${found.project}/${found.dataset}`);
  const what = dataset === undefined ? printable(project) : `${printable(project)}/${printable(dataset)}`;
  return new UserError(`there are no results of ${what}`, {
    hint:
      known.size === 0
        ? 'there are none at all'
        : `there are results of: ${[...known]
            .sort()
            .map((name) => printable(name))
            .join(', ')}`,
  });
}

/**
 * Removes what was planned: rows, children first, and folders, which cease to look finished before anything is lost.
 * The logs of labels and of labelling loops are moved to `removed/TIME/` unless `labelsToo`. Input data is never touched. An end half-way leaves
 * nothing that looks whole, and the same removal finishes the work.
 */
export async function remove(
  store: Store,
  outputDir: string,
  { experiments, labelSets }: RemovalPlan,
  options: RemovalOptions,
): Promise<RemovalReport> {
  const aside = join(
    outputDir,
    removedFolder,
    new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15),
  );
  const kept = options.labelsToo ? undefined : aside;
  let moved = false;
  for (const [k, experiment] of experiments.entries()) {
    await removeExperiment(store, outputDir, experiment);
    moved = (await removeLoopLog(outputDir, experiment, kept)) || moved;
    options.progress?.(k + 1, experiments.length);
  }
  for (const set of labelSets) {
    await deleteOwner(store, 'label_sets', labelSetId(set));
    moved = (await removeLabelLog(outputDir, set, kept)) || moved;
  }
  const places = [...experiments, ...labelSets].map(({ project, dataset }) => [project, dataset] as const);
  for (const [project, dataset] of places) await removeEmptyFolders(outputDir, project, dataset);
  const report = { experiments: experiments.length, labelSets: labelSets.length };
  return moved ? { ...report, labelsMovedTo: aside } : report;
}

async function removeExperiment(
  store: Store,
  outputDir: string,
  { id, project, dataset }: DoomedExperiment,
): Promise<void> {
  const parent = join(outputDir, project, dataset);
  const doomed = join(parent, doomedName(id));
  for (const path of [join(outputDir, experimentPath(project, dataset, id)), join(parent, temporaryName(id))]) {
    await rename(path, doomed).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return;
      // An earlier removal ended half-way and left its folder.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw cannotRemove(path, error);
      await rm(doomed, { recursive: true, force: true });
      await rename(path, doomed);
    });
  }
  await deleteOwner(store, 'experiments', id);
  await rm(doomed, { recursive: true, force: true }).catch((error: Error) => {
    throw cannotRemove(doomed, error);
  });
}

function cannotRemove(path: string, error: Error): UserError {
  return new UserError(`${path} cannot be removed: ${error.message}`, { hint: 'check its permissions', cause: error });
}

/** Moves a log to `aside`, or deletes it; false where there was none. */
async function removeLabelLog(outputDir: string, name: LabelSetName, aside: string | undefined): Promise<boolean> {
  const folder = join(outputDir, name.project, name.dataset, labelsFolder);
  const path = join(folder, labelLogFile(name.set));
  const files: string[] = await readdir(folder).catch(() => []);
  if (!files.includes(labelLogFile(name.set))) return false;
  return withFileLock(join(folder, labelLockFile), async () => {
    if (aside === undefined) {
      await rm(path);
      return false;
    }
    const target = join(aside, name.project, name.dataset, labelsFolder);
    await makeFolder(target);
    await rename(path, join(target, labelLogFile(name.set)));
    await syncFolder(target);
    return true;
  });
}

/** What holds nothing any more goes; what holds files that are not ours stays. */
async function removeEmptyFolders(outputDir: string, project: string, dataset: string): Promise<void> {
  const labels = join(outputDir, project, dataset, labelsFolder);
  const rest = await readdir(labels).catch(() => undefined);
  if (rest?.length === 1 && rest[0] === labelLockFile) await rm(join(labels, labelLockFile), { force: true });
  for (const folder of [labels, join(outputDir, project, dataset), join(outputDir, project)]) {
    await rmdir(folder).catch(() => undefined);
  }
}
