import { dirname, join } from 'node:path';
import { withFileLock } from '../../db/file-lock.js';
import { ensureLabelSet, insertLabelEvents, labelSetId, type LabelSetName } from '../../db/queries/labels.js';
import { deleteOwner } from '../../db/queries/removal.js';
import type { Store } from '../../db/store.js';
import { printable, UserError } from '../../errors.js';
import { makeFolder } from '../../io/files/make-folder.js';
import type { LabelLog } from '../../io/results/label-log.js';
import { isTooLong, maxKeyLength } from '../../io/names.js';
import type { LabelEvent } from '../../schema/label-event.js';
import type { LabelWord } from '../../schema/vocabulary.js';
import { LabelReader, logPathOf } from './label-reader.js';

export type { LabelSetName } from '../../db/queries/labels.js';
export type { LabelLog } from '../../io/results/label-log.js';

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

/** What an instance is to say after an operation; label null takes the label back. */
export type LabelChange = Pick<LabelAnswer, 'instanceId' | 'ident' | 'label' | 'family'>;

/** Changes that count, and are undone, as one; of different instances. */
export interface WholeOperation {
  readonly changes: readonly LabelChange[];
  /** The `source` of its events, from the numbers of the first and the last of them. */
  name(first: number, last: number): string;
}

/** The labels of the input files: read, never written. */
const truthSet = 'truth';
/** Held by whoever writes one of the dataset's logs. */
export const labelLockFile = '.lock';

/** The label sets of an output directory: their logs, which are the archive, and what the database says of them. */
export class LabelStore extends LabelReader {
  constructor(
    outputDir: string,
    private readonly store: Store,
  ) {
    super(outputDir);
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

  /**
   * Writes a whole operation down, worked out under the lock from what holds at that very moment. Its events follow one
   * another, and say in `source` what `name` makes of the numbers of the first and the last. Nothing is written where
   * there is no change. When it returns, they are on the disk, and if `warning` is absent in the database too.
   */
  async edit(
    set: LabelSetName,
    work: (log: LabelLog) => WholeOperation,
    author: string | null,
  ): Promise<{ events: readonly LabelEvent[]; warning?: string }> {
    checkWritable(set);
    return this.locked(set, async (log) => {
      await log.refresh();
      const { changes, name } = work(log);
      for (const change of changes) checkAnswer(change);
      if (changes.length === 0) return { events: [] };
      const [at, source] = [new Date().toISOString(), name(log.last + 1, log.last + changes.length)];
      const events = await log.append(
        changes.map(({ instanceId, ident, label, family }) => {
          return { at, author, instance_id: instanceId, ident, label, family, source, iteration: null };
        }),
      );
      const warning = await this.bringUpToDate(set, log);
      return warning === undefined ? { events } : { events, warning };
    });
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

function checkWritable({ set }: LabelSetName): void {
  if (set === truthSet) {
    throw new UserError('the label set "truth" is what the input files say: it cannot be written', {
      hint: 'use a set of another name, such as main',
    });
  }
}

function checkAnswer({ instanceId, family }: Pick<LabelAnswer, 'instanceId' | 'family'>): void {
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
