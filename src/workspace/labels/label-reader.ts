import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelSetName } from '../../db/queries/labels.js';
import { printable, UserError } from '../../errors.js';
import { type CurrentLabel, LabelLog } from '../../io/results/label-log.js';
import type { LabelEvent } from '../../schema/label-event.js';
import { countFamilies, type FamilyCount } from './family-counts.js';
import { checkOutputProject, checkName, labelsFolder } from '../layout.js';

const longestFileName = 240;
const logEnding = '.jsonl';

/** The file of a set's log. */
export const labelLogFile = (set: string): string => `${set}${logEnding}`;

/** The label sets of an output directory as their logs tell them; no database is asked. */
export class LabelReader {
  private readonly logs = new Map<string, LabelLog>();

  constructor(protected readonly outputDir: string) {}

  /** Names of a dataset's sets, sorted. */
  async list(project: string, dataset: string): Promise<string[]> {
    return listLabelSets(this.outputDir, project, dataset);
  }

  /** The log of a set, read to its end; throws UserError for a set that does not exist, naming those that do. */
  async read(name: LabelSetName): Promise<LabelLog> {
    const log = this.log(name);
    if (!(await log.refresh())) throw await unknownSet(this.outputDir, name);
    return log;
  }

  /** The log of a set; empty for a set that does not exist yet. */
  async readOrNew(name: LabelSetName): Promise<LabelLog> {
    const log = this.log(name);
    await log.refresh();
    return log;
  }

  /** What holds now in a set, by instance_id; throws UserError for a set that does not exist. */
  async current(name: LabelSetName): Promise<ReadonlyMap<string, CurrentLabel>> {
    return (await this.read(name)).current;
  }

  /** Every event of a set, in order; empty for a set that does not exist yet. */
  async events(name: LabelSetName): Promise<readonly LabelEvent[]> {
    return (await this.readOrNew(name)).events;
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

  /** The one reader of a set's log, not yet brought up to date. */
  protected log(name: LabelSetName): LabelLog {
    const path = logPathOf(this.outputDir, name);
    const known = this.logs.get(path) ?? new LabelLog(path);
    this.logs.set(path, known);
    return known;
  }
}

/**
 * The labels of a set, read from its log alone, and what was wrong with the log; needs no database.
 * Throws UserError for a set that does not exist, naming those that do.
 */
export async function readLabelSet(
  outputDir: string,
  name: LabelSetName,
): Promise<{ labels: ReadonlyMap<string, CurrentLabel>; warnings: readonly string[] }> {
  const log = await new LabelReader(outputDir).read(name);
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
