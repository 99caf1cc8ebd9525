import { counted, printable } from '../../errors.js';
import { confirm } from '../../terminal/confirm.js';
import { type Configuration, resolveConfiguration } from '../../workspace/configuration.js';
import { applyOperation, type SetOperation } from '../../workspace/labels/editing/apply-operation.js';
import type { EventRange } from '../../workspace/labels/editing/label-history.js';
import type { LabelSetName, LabelStore } from '../../workspace/labels/label-store.js';
import { openWorkspace } from '../../workspace/workspace.js';
import type { ExitCode, Invocation } from '../command.js';
import { authorOf, setTitle } from './label-set-target.js';
import { flag, text } from '../options/options.js';

/** Options of the subcommands that change labels. */
export const operationOptions = {
  author: text('--author <name>', 'who does it (SECUML_AUTHOR, else the account)'),
  dryRun: flag('--dry-run', 'tell what would change, and change nothing'),
  yes: flag('--yes', 'do not ask'),
} as const;

/** An operation that a subcommand stands for. */
export interface OperationCall {
  readonly set: LabelSetName;
  /** The set may be a new one. */
  readonly createsSet?: boolean;
  /** The operation, from the settings and from what the set says. */
  prepare(configuration: Configuration, labels: LabelStore): Promise<SetOperation>;
}

/** What was, or would be, done. */
interface Done {
  readonly title: string;
  readonly changed: number;
  readonly range: EventRange | null;
  readonly notes: readonly string[];
  readonly dryRun: boolean;
  readonly warning?: string;
}

/** The story of every operation on a label set: what would change, is that meant, do it, and how it is taken back. */
export async function runLabelOperation(
  { options, streams, environment }: Invocation<typeof operationOptions>,
  { set, createsSet = false, prepare }: OperationCall,
): Promise<ExitCode> {
  const configuration = await resolveConfiguration(options, environment);
  const { stdout, stderr } = streams;
  const note = (line: string): void => {
    if (!options.quiet) stderr.write(`${line}\n`);
  };
  const workspace = await openWorkspace(configuration);
  try {
    note(`database: ${workspace.storeName}`);
    const { labels } = workspace;
    const operation = await prepare(configuration, labels);
    const isNew = createsSet && !(await labels.list(set.project, set.dataset)).includes(set.set);
    const plan = operation.plan(isNew ? { current: new Map(), events: [] } : await labels.read(set));
    for (const line of plan.notes) note(`note: ${line}`);
    const { title, notes } = plan;
    const planned = { title, notes, changed: plan.changes.length, range: null };
    let done: Done = { ...planned, dryRun: options.dryRun ?? false };
    if (!options.dryRun && planned.changed > 0) {
      const question = `${setTitle(set)}${isNew ? ' (new)' : ''}: ${title} would change ${counted(planned.changed, 'label')}. Go on?`;
      if (!options.yes && !(await confirm(streams.stdin, stderr, question, howToGoOn(planned.changed)))) {
        stderr.write('nothing was changed\n');
        return 0;
      }
      // What was confirmed is done, or nothing.
      const expected = options.yes ? undefined : planned.changed;
      const author = authorOf(options.author, environment);
      done = { ...(await applyOperation(labels, set, operation, { author, expected })), dryRun: false };
    }
    if (done.warning !== undefined) note(`warning: ${done.warning}`);
    stdout.write(
      options.json ? `${JSON.stringify({ operation: operation.kind, ...set, ...done })}\n` : told(set, done),
    );
    if (done.range !== null) note(`take it back: secuml labels undo ${names(set)}`);
    return 0;
  } finally {
    await workspace.close();
  }
}

const howToGoOn = (labels: number): string =>
  `${counted(labels, 'label')} would change: add --yes to change them without being asked, or --dry-run`;

function told(set: LabelSetName, { title, changed, range, dryRun }: Done): string {
  const labels = counted(changed, 'label');
  if (changed === 0) return `${title}: there is nothing to change in ${setTitle(set)}\n`;
  if (dryRun) return `${title}: would change ${labels} of ${setTitle(set)}\n`;
  const events = range === null ? '' : `, events ${range.first} to ${range.last}`;
  return `${title}: ${labels} changed (${setTitle(set)}${events})\n`;
}

/** The set as the arguments of another command. */
function names({ project, dataset, set }: LabelSetName): string {
  const words = [project, dataset, ...(set === 'main' ? [] : ['--label-set', set])];
  return words
    .map((word) => (/^[\w.:-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
