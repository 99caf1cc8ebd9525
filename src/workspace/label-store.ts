import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileLock } from '../db/file-lock.js';
import { ensureLabelSet, insertLabelEvents, labelSetId, type LabelSetName } from '../db/queries/labels.js';
import { deleteOwner } from '../db/queries/removal.js';
import type { Store } from '../db/store.js';
import { printable, UserError } from '../errors.js';
import { makeFolder } from '../io/files/make-folder.js';
import { type CurrentLabel, LabelLog } from '../io/results/label-log.js';
import { isTooLong, maxKeyLength } from '../io/names.js';
import type { LabelEvent } from '../schema/label-event.js';
import type { LabelWord } from '../schema/vocabulary.js';
import { countFamilies, type FamilyCount } from './family-counts.js';
import { checkOutputProject, checkName, labelsFolder } from './layout.js';

export type { LabelSetName } from '../db/queries/labels.js';
export type { CurrentLabel } from '../io/results/label-log.js';

/** An answer about one instance. */
export interface LabelAnswer {
  readonly instanceId: string;
  readonly ident: string;
  /** Null takes the label back. */
  readonly label: LabelWord | null;
  readonly family: string | null;
  readonly author: string | null;
  readonly source: string | null;
  readonly iteration: number | null;
  /** Number of the instance's last event that the person saw, 0 for none; absent: whatever there is. */
  readonly seen?: number;
}

/** An answer that was written down. */
export interface KeptAnswer {
  readonly event: LabelEvent;
  /** Somebody else's answer about the same instance that came since what was seen: both are kept, and one asks again. */
  readonly overtook?: LabelEvent;
}

const longestFileName = 240;
const logEnding = '.jsonl';
/** The labels of the input files: read, never written. */
const truthSet = 'truth';
/** Held by whoever writes one of the dataset's logs. */
export const labelLockFile = '.lock';

/** The file of a set's log. */
export const labelLogFile = (set: string): string => `${set}${logEnding}`;

/** The label sets of an output directory: their logs, which are the archive, and what the database says of them. */
export class LabelStore {
  private readonly logs = new Map<string, LabelLog>();

  constructor(
    private readonly outputDir: string,
    private readonly store: Store,
  ) {}

  /** Names of a dataset's sets, sorted. */
  async list(project: string, dataset: string): Promise<string[]> {
    return listLabelSets(this.outputDir, project, dataset);
  }

  /**
   * Writes answers down: when it returns, they are in the log and on the disk, and if `warning` is absent in the
   * database too. Throws UserError if they could not be written; then none of them counts.
   */
  async append(name: LabelSetName, answers: readonly LabelAnswer[]): Promise<{ kept: KeptAnswer[]; warning?: string }> {
    checkWritable(name);
    for (const answer of answers) checkAnswer(answer);
    if (answers.length === 0) return { kept: [] };
    return this.locked(name, async (log) => {
      await log.refresh();
      const overtaken = answers.map(({ instanceId, seen }) => {
        const last = log.lastOf(instanceId);
        return seen !== undefined && last !== undefined && last.n > seen ? last : undefined;
      });
      const at = new Date().toISOString();
      const events = await log.append(
        answers.map(({ instanceId, ident, label, family, author, source, iteration }) => {
          return {
            at,
            author,
            instance_id: instanceId,
            ident,
            label,
            family: label === null ? null : family,
            source,
            iteration,
          };
        }),
      );
      const kept = events.map((event, k) => ({ event, ...(overtaken[k] ? { overtook: overtaken[k] } : {}) }));
      const warning = await this.bringUpToDate(name, log);
      return warning === undefined ? { kept } : { kept, warning };
    });
  }

  /** What holds now in a set, by instance_id; throws UserError for a set that does not exist. */
  async current(name: LabelSetName): Promise<ReadonlyMap<string, CurrentLabel>> {
    const log = this.log(name);
    if (!(await log.refresh())) throw await unknownSet(this.outputDir, name);
    return log.current;
  }

  /** Every event of a set, in order; empty for a set that does not exist yet. */
  async events(name: LabelSetName): Promise<readonly LabelEvent[]> {
    const log = this.log(name);
    await log.refresh();
    return log.events;
  }

  /** The answers about one instance, in order; empty for a set that does not exist yet. */
  async eventsOf(name: LabelSetName, instanceId: string): Promise<LabelEvent[]> {
    return (await this.events(name)).filter((event) => event.instance_id === instanceId);
  }

  /** How many instances bear each family in a set; none for a set that does not exist yet. */
  async families(name: LabelSetName): Promise<FamilyCount[]> {
    const log = this.log(name);
    await log.refresh();
    return countFamilies(log.current.values());
  }

  /** Replays a set's log into the database; returns what was wrong with the log. */
  async replay(name: LabelSetName): Promise<readonly string[]> {
    return this.locked(name, async (log) => {
      await log.refresh();
      await synchronise(this.store, name, log);
      return log.warnings;
    });
  }

  private async bringUpToDate(name: LabelSetName, log: LabelLog): Promise<string | undefined> {
    try {
      await synchronise(this.store, name, log);
      return undefined;
    } catch (error) {
      return `the labels are saved in ${log.path}, but not in the database (${(error as Error).message}); the next answer or secuml reindex brings them in`;
    }
  }

  private async locked<T>(name: LabelSetName, work: (log: LabelLog) => Promise<T>): Promise<T> {
    // Checks the names before a folder is made of them.
    const folder = dirname(logPathOf(this.outputDir, name));
    await makeFolder(folder);
    return withFileLock(join(folder, labelLockFile), () => work(this.log(name)));
  }

  private log(name: LabelSetName): LabelLog {
    const path = logPathOf(this.outputDir, name);
    const known = this.logs.get(path) ?? new LabelLog(path);
    this.logs.set(path, known);
    return known;
  }
}

/** Brings the database to where the log is. Where it knows more than the log, the log wins. */
async function synchronise(store: Store, name: LabelSetName, log: LabelLog): Promise<void> {
  let known = await ensureLabelSet(store, name);
  if (known > log.last) {
    await deleteOwner(store, 'label_sets', labelSetId(name));
    known = await ensureLabelSet(store, name);
  }
  await insertLabelEvents(
    store,
    name,
    log.events.filter((event) => event.n > known),
  );
}

/**
 * The labels of a set, read from its log alone, and what was wrong with the log; needs no database.
 * Throws UserError for a set that does not exist, naming those that do.
 */
export async function readLabelSet(
  outputDir: string,
  name: LabelSetName,
): Promise<{ labels: ReadonlyMap<string, CurrentLabel>; warnings: readonly string[] }> {
  const log = new LabelLog(logPathOf(outputDir, name));
  if (!(await log.refresh())) throw await unknownSet(outputDir, name);
  return { labels: log.current, warnings: log.warnings };
}

/** Names of a dataset's label sets, sorted. */
export async function listLabelSets(outputDir: string, project: string, dataset: string): Promise<string[]> {
  checkOutputProject(project);
  checkName(dataset, 'dataset');
  try {
    const names = await readdir(join(outputDir, project, dataset, labelsFolder));
    return names
      .filter((name) => name.endsWith(logEnding))
      .map((name) => name.slice(0, -logEnding.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Where a set's log lies; throws UserError for names that would lead elsewhere. */
export function logPathOf(outputDir: string, { project, dataset, set }: LabelSetName): string {
  checkOutputProject(project);
  checkName(dataset, 'dataset');
  checkName(set, 'label set');
  if (Buffer.byteLength(set) > longestFileName) {
    throw new UserError(`the name of the label set "${printable(set, 40)}" is too long for a file`);
  }
  return join(outputDir, project, dataset, labelsFolder, labelLogFile(set));
}

async function unknownSet(outputDir: string, { project, dataset, set }: LabelSetName): Promise<UserError> {
  const known = await listLabelSets(outputDir, project, dataset);
  return new UserError(`${printable(project)}/${printable(dataset)} has no label set "${printable(set)}"`, {
    hint: known.length === 0 ? 'it has none yet' : `it has: ${known.map((name) => printable(name)).join(', ')}`,
  });
}

function checkWritable({ set }: LabelSetName): void {
  if (set === truthSet) {
    throw new UserError('the label set "truth" is what the input files say: it cannot be written', {
      hint: 'use a set of another name, such as main',
    });
  }
}

function checkAnswer({ instanceId, family }: LabelAnswer): void {
  for (const [what, text] of [
    ['instance_id', instanceId],
    ['family', family ?? 'x'],
  ] as const) {
    if (text.trim() !== text || text === '' || isTooLong(text)) {
      throw new UserError(
        `${what} "${printable(text, 60)}": expected 1 to ${maxKeyLength} characters without blanks around`,
      );
    }
  }
}
