import { join } from 'node:path';
import type { ExperimentRow } from '../../db/queries/experiments.js';
import { printable, UserError } from '../../errors.js';
import type { ExperimentState } from '../../schema/vocabulary.js';
import { isAlive } from '../owner-process.js';

/** An experiment as the database knows it. */
export interface ExperimentRecord {
  readonly id: string;
  readonly kind: string;
  readonly project: string;
  readonly dataset: string;
  readonly name: string | null;
  /** `running` only while its process lives; one that died is `interrupted`. */
  readonly status: ExperimentState;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly finished: string | null;
  readonly seconds: number | null;
  /** The result's folder, within the output directory as it was named. */
  readonly directory: string;
  readonly seed: number | null;
  readonly warnings: number;
  readonly error: string | null;
}

export function experimentRecord(row: ExperimentRow, outputDir: string, now = Date.now()): ExperimentRecord {
  const { id, kind, project, dataset, name, started, finished, seconds, seed, warnings, error } = row;
  const directory = join(outputDir, row.directory);
  return {
    id,
    kind,
    project,
    dataset,
    name,
    status: status(row, now),
    started,
    finished,
    seconds,
    directory,
    seed,
    warnings,
    error,
  };
}

function status(row: ExperimentRow, now: number): ExperimentState {
  if (row.status !== 'running') return row.status as ExperimentState;
  const owner = { host: row.host, pid: row.pid, processStart: row.process_start };
  return isAlive(owner, now - Date.parse(row.heartbeat)) ? 'running' : 'interrupted';
}

const shownCandidates = 10;

/**
 * The experiment that `wanted` means among `records` (the oldest first): `latest` (the last one done), an id, the
 * beginning of one, its last four characters, or a name. Throws UserError for none, and for several, which it lists.
 */
export function pickExperiment(records: readonly ExperimentRecord[], wanted: string): ExperimentRecord {
  if (wanted === 'latest') {
    const latest = records.findLast((record) => record.status === 'done');
    if (latest) return latest;
    throw new UserError('there is no finished experiment yet', { hint: 'see: secuml list' });
  }
  const rules: ((record: ExperimentRecord) => boolean)[] = [
    (record) => record.id === wanted,
    (record) => wanted !== '' && (record.id.startsWith(wanted) || record.id.endsWith(`-${wanted}`)),
    (record) => wanted !== '' && record.name === wanted,
  ];
  for (const rule of rules) {
    const found = records.filter(rule);
    if (found.length === 1) return found[0];
    if (found.length > 1) throw ambiguous(wanted, found);
  }
  const known = records.slice(-shownCandidates).map(describe).join('\n');
  throw new UserError(`no experiment "${printable(wanted)}"`, {
    hint: known === '' ? 'there is none yet: see secuml list' : `the last ones are:\n${known}`,
  });
}

function ambiguous(wanted: string, found: readonly ExperimentRecord[]): UserError {
  const listed = found.slice(-shownCandidates).map(describe).join('\n');
  return new UserError(`"${printable(wanted)}" means ${found.length} experiments:\n${listed}`, {
    hint: 'give more of the id',
  });
}

function describe({ id, kind, project, dataset, name, status: state }: ExperimentRecord): string {
  const title = name === null ? '' : ` "${printable(name)}"`;
  return `  ${id}  ${kind}  ${printable(project)}/${printable(dataset)}${title}  ${state}`;
}
