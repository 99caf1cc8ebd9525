import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../db/file-lock.js';
import { UserError } from '../errors.js';
import { makeFolder } from '../io/files/make-folder.js';
import { LoopLog } from '../io/results/loop-log.js';
import type { LoopEvent, LoopStart } from '../schema/loop-log.js';
import { checkName, checkOutputProject, loopsFolder } from './layout.js';
import { isAlive, type Owner, thisProcess } from './owner-process.js';

const logEnding = '.jsonl';
const leaseEnding = '.lease';
const lockFile = '.lock';
/** A lease that was not renewed for so long has expired, milliseconds. */
const leaseTime = 30_000;

/** Where a loop lies. */
export interface LoopPlace {
  readonly project: string;
  readonly dataset: string;
  readonly id: string;
}

/** The stored side of one labelling loop: its log, and the lease on who computes. */
export class StoredLoop {
  private readonly log: LoopLog;
  private readonly folder: string;

  constructor(
    outputDir: string,
    readonly place: LoopPlace,
  ) {
    checkOutputProject(place.project);
    checkName(place.dataset, 'dataset');
    checkName(place.id, 'loop');
    this.folder = join(outputDir, place.project, place.dataset, loopsFolder);
    this.log = new LoopLog(join(this.folder, `${place.id}${logEnding}`));
  }

  /** Every event so far; empty for a loop that does not exist. */
  async events(): Promise<readonly LoopEvent[]> {
    await this.log.refresh();
    return this.log.events;
  }

  get warnings(): readonly string[] {
    return this.log.warnings;
  }

  /**
   * Appends what `make` says of the events so far, while nobody else can append; null for nothing. It is on the disk
   * when this returns. Throws UserError if it could not be written.
   */
  async append(make: (events: readonly LoopEvent[]) => readonly LoopEvent[] | null): Promise<boolean> {
    return this.locked(async () => {
      await this.log.refresh();
      const made = make(this.log.events);
      if (!made || made.length === 0) return false;
      await this.log.append(made);
      return true;
    });
  }

  /** Takes or renews the lease on computing; false while another process holds it. */
  async takeLease(): Promise<boolean> {
    return this.locked(async () => {
      const holder = await this.holder();
      const own = thisProcess();
      if (holder && !isSame(holder.owner, own) && isValid(holder)) return false;
      const path = this.leasePath();
      await writeFile(`${path}.tmp`, JSON.stringify({ owner: own, renewed: Date.now() }));
      await rename(`${path}.tmp`, path);
      return true;
    });
  }

  /** Gives the lease back, if this process holds it. */
  async releaseLease(): Promise<void> {
    await this.locked(async () => {
      const holder = await this.holder();
      if (holder && isSame(holder.owner, thisProcess())) await rm(this.leasePath(), { force: true });
    });
  }

  private leasePath(): string {
    return join(this.folder, `${this.place.id}${leaseEnding}`);
  }

  private async holder(): Promise<{ owner: Owner; renewed: number } | undefined> {
    try {
      return JSON.parse(await readFile(this.leasePath(), 'utf8'));
    } catch {
      // None, or torn by a crash: nobody holds it.
      return undefined;
    }
  }

  private async locked<T>(work: () => Promise<T>): Promise<T> {
    await makeFolder(this.folder);
    return withFileLock(join(this.folder, lockFile), work);
  }
}

function isSame(a: Owner, b: Owner): boolean {
  return a.host === b.host && a.pid === b.pid && a.processStart === b.processStart;
}

function isValid({ owner, renewed }: { owner: Owner; renewed: number }): boolean {
  const age = Date.now() - renewed;
  return age < leaseTime && isAlive(owner, age);
}

/** The loops of an output directory, the oldest first: what each was begun with. */
export async function listLoops(outputDir: string): Promise<LoopStart[]> {
  const found: LoopStart[] = [];
  for (const project of await folders(outputDir)) {
    for (const dataset of await folders(join(outputDir, project))) {
      const files = await readdir(join(outputDir, project, dataset, loopsFolder)).catch(() => []);
      for (const file of files.filter((name) => name.endsWith(logEnding))) {
        const id = file.slice(0, -logEnding.length);
        const [start] = await new StoredLoop(outputDir, { project, dataset, id }).events();
        if (start?.type === 'start') found.push(start);
      }
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The loop of this id, the beginning or tail of one, or `latest`; throws UserError where there is not just one. */
export async function findLoop(outputDir: string, wanted: string): Promise<LoopStart> {
  const loops = await listLoops(outputDir);
  const last = loops.at(-1);
  if (wanted === 'latest' && last) return last;
  const fitting = loops.filter(({ id }) => id === wanted || id.startsWith(wanted) || id.endsWith(`-${wanted}`));
  if (fitting.length === 1) return fitting[0];
  const hint = loops.length === 0 ? 'begin one: secuml active-learning PROJECT DATASET' : 'see: secuml list';
  if (fitting.length === 0) throw new UserError(`there is no labelling loop "${wanted}"`, { hint });
  throw new UserError(`several labelling loops are called "${wanted}": ${fitting.map(({ id }) => id).join(', ')}`, {
    hint: 'type more of the id',
  });
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
}
