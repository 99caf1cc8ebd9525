import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { textCell } from '../../db/cell.js';
import { withFileLock } from '../../db/file-lock.js';
import { type ExperimentRow, insertExperiment, updateExperiment } from '../../db/queries/experiments.js';
import { deleteOwner } from '../../db/queries/removal.js';
import type { Store } from '../../db/store.js';
import { InterruptedError, UserError } from '../../errors.js';
import { makeFolder } from '../../io/files/make-folder.js';
import { syncFolder } from '../../io/results/file-writer.js';
import type { ResultDocument } from '../../schema/result-document.js';
import type { RunningOwner } from '../../schema/running-owner.js';
import { type DatabaseRows, selectRows } from './database-rows.js';
import type { ExperimentStart, FinishedResult } from './finished-result.js';
import { finishedRow, indexResult } from './index-experiment.js';
import {
  checkName,
  checkOutputProject,
  doomedName,
  experimentPath,
  loopsFolder,
  newExperimentId,
  temporaryName,
} from '../layout.js';
import { isAlive, type Owner, ownerFile, readOwner, thisProcess, touchOwner } from '../owner-process.js';
import { type SavedResult, saveResult, type SavingContext } from './save-result.js';

/** What every experiment of a workspace shares. */
export interface ExperimentSetting {
  readonly store: Store;
  readonly outputDir: string;
  readonly dbRows: DatabaseRows;
  readonly rowsCsv: boolean;
}

const heartbeatEvery = 10_000;

/** An experiment that has begun. It ends by exactly one of `finish` and `fail`; a process that dies leaves it interrupted. */
export class RunningExperiment {
  private readonly heartbeat: NodeJS.Timeout;
  /** The files are whole and in their place. */
  private saved = false;

  private constructor(
    private readonly setting: ExperimentSetting,
    private readonly row: ExperimentRow,
    private readonly owner: Owner,
    /** Where its files are written until it is finished. */
    readonly directory: string,
    private readonly reopened: boolean,
  ) {
    // The database may be away for a while: only `finish` needs it.
    this.heartbeat = setInterval(() => void this.beat().catch(() => undefined), heartbeatEvery).unref();
  }

  get id(): string {
    return this.row.id;
  }

  /** Makes the experiment's folder and its row, `running`; throws UserError when either cannot be written. */
  static async begin(setting: ExperimentSetting, start: ExperimentStart): Promise<RunningExperiment> {
    checkOutputProject(start.project);
    checkName(start.dataset, 'dataset');
    const owner = thisProcess();
    const { id, directory } = await makeExperimentFolder(setting.outputDir, start, owner);
    const row = unfinishedRow(id, start, owner, new Date().toISOString());
    try {
      const known = start.reopen !== undefined && (await updateExperiment(setting.store, id, row));
      if (!known) await insertExperiment(setting.store, row);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
    return new RunningExperiment(setting, row, owner, directory, start.reopen !== undefined);
  }

  /**
   * Writes the result and makes it visible: the files, synced and renamed, then the database.
   * Throws UserError when the database was lost: the files are whole then, and `secuml reindex` brings them in.
   */
  async finish(result: FinishedResult): Promise<{ directory: string; document: ResultDocument }> {
    const { store, outputDir, rowsCsv } = this.setting;
    const { project, dataset } = this.row;
    const selection = result.predictions ? selectRows(result.predictions, this.setting.dbRows) : {};
    const notes = selection.note === undefined ? [] : [selection.note];
    const { name } = this.row;
    const context = { id: this.id, name, database: store.name, rowsCsv, notes };
    const directory = join(outputDir, experimentPath(project, dataset, this.id));
    const saved = await this.writeFiles(directory, result, context);
    await syncFolder(dirname(directory));
    try {
      if (this.reopened) await deleteOwner(store, 'experiments', this.id);
      await indexResult(store, { ...saved, predictions: result.predictions, selection });
      const row = finishedRow(saved.document, this.owner);
      if (!(await updateExperiment(store, this.id, row))) await insertExperiment(store, row);
    } catch (error) {
      throw new UserError(`the result is saved in ${directory}, but not in the database: ${(error as Error).message}`, {
        hint: 'when the database is back, bring it up to date from the files: secuml reindex',
        cause: error,
      });
    } finally {
      clearInterval(this.heartbeat);
    }
    return { directory, document: saved.document };
  }

  /** Everything up to the moment from which the result is seen by others. */
  private async writeFiles(directory: string, result: FinishedResult, context: SavingContext): Promise<SavedResult> {
    try {
      const saved = await saveResult(this.directory, result, context);
      await rm(join(this.directory, ownerFile));
      await syncFolder(this.directory);
      await replaceFolder(this.directory, directory, this.id);
      this.saved = true;
      await syncFolder(dirname(directory));
      return saved;
    } catch (error) {
      // A system call failed (disk full, folder gone): that is not ours to mend.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new UserError(`the result could not be saved in ${directory}: ${error.message}`, {
        hint: 'check the disk and the permissions of the output folder',
        cause: error,
      });
    }
  }

  /**
   * Ends the experiment without a result: its files are deleted, its row says why. Never throws, and leaves alone what
   * `finish` has saved before it failed.
   */
  async fail(error: unknown): Promise<void> {
    clearInterval(this.heartbeat);
    if (this.saved) return;
    const interrupted = error instanceof InterruptedError;
    const now = new Date();
    const change: Partial<ExperimentRow> = {
      status: interrupted ? 'interrupted' : 'failed',
      error: interrupted ? null : textCell(error instanceof Error ? error.message : String(error)),
      finished: now.toISOString(),
      seconds: (now.getTime() - Date.parse(this.row.started)) / 1000,
    };
    // Both are repairs after a fault that is reported anyhow; what they leave shows as interrupted.
    await rm(this.directory, { recursive: true, force: true }).catch(() => undefined);
    await updateExperiment(this.setting.store, this.id, change).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    await touchOwner(this.directory);
    await updateExperiment(this.setting.store, this.id, { heartbeat: new Date().toISOString() });
  }
}

/** Puts a new result in the place of the one that is there, if any. A death in between leaves the old one to be removed. */
async function replaceFolder(from: string, to: string, id: string): Promise<void> {
  const old = join(dirname(to), doomedName(id));
  await rename(to, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(from, to);
  await rm(old, { recursive: true, force: true });
}

/** Clears the folder of a process that has died; throws UserError while it lives. */
async function clearAbandoned(directory: string): Promise<void> {
  const owner = await readOwner(directory);
  if (owner && isAlive(owner, Date.now() - owner.heartbeat.getTime()))
    throw new OpenElsewhereError(owner.pid, owner.host);
  await rm(directory, { recursive: true, force: true });
}

/** Another process has the experiment open. */
export class OpenElsewhereError extends UserError {
  constructor(pid: number, host: string) {
    super(`another process has the experiment open (process ${pid} on ${host})`, { hint: 'wait until it has ended' });
  }
}

async function makeExperimentFolder(
  outputDir: string,
  start: ExperimentStart,
  owner: Owner,
): Promise<{ id: string; directory: string }> {
  const parent = join(outputDir, start.project, start.dataset);
  try {
    await makeFolder(parent);
    for (const folder of [outputDir, join(outputDir, start.project)]) await syncFolder(folder);
    const running: RunningOwner = { ...owner, kind: start.kind, name: start.name ?? null };
    const { reopen } = start;
    if (reopen !== undefined) {
      const directory = join(parent, temporaryName(reopen));
      await makeFolder(join(parent, loopsFolder));
      // Of several who find the folder of a process that died, one clears it and has its own in its place.
      await withFileLock(join(parent, loopsFolder, '.lock'), async () => {
        await clearAbandoned(directory);
        await mkdir(directory);
        await writeFile(join(directory, ownerFile), JSON.stringify(running));
      });
      return { id: reopen, directory };
    }
    for (;;) {
      const id = newExperimentId();
      const directory = join(parent, temporaryName(id));
      try {
        await mkdir(directory);
      } catch (error) {
        // Another process drew the same id in the same millisecond.
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw error;
      }
      await writeFile(join(directory, ownerFile), JSON.stringify(running));
      return { id, directory };
    }
  } catch (error) {
    if (error instanceof OpenElsewhereError) throw error;
    throw new UserError(`results cannot be written to ${parent}: ${(error as Error).message}`, {
      hint: 'check the folder, or name another with --output-dir',
      cause: error,
    });
  }
}

/** The row of a result that is being written. */
export function unfinishedRow(
  id: string,
  start: Omit<ExperimentStart, 'settings'> & { readonly settings?: ExperimentStart['settings'] },
  owner: Owner,
  now: string,
): ExperimentRow {
  const { settings = {} } = start;
  return {
    id,
    kind: start.kind,
    project: textCell(start.project),
    dataset: textCell(start.dataset),
    name: start.name === undefined ? null : textCell(start.name),
    status: 'running',
    host: owner.host,
    pid: owner.pid,
    process_start: owner.processStart,
    heartbeat: now,
    started: now,
    finished: null,
    seconds: null,
    directory: experimentPath(start.project, start.dataset, id),
    dataset_hash: null,
    seed: typeof settings.seed === 'number' ? settings.seed : null,
    settings: textCell(JSON.stringify(settings)),
    warnings: 0,
    error: null,
    parent_id: null,
  };
}
