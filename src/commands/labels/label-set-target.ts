import { userInfo } from 'node:os';
import { printable, UserError } from '../../errors.js';
import type { LabelSetName } from '../../workspace/labels/label-store.js';
import { text } from '../options/options.js';

/** Options of the subcommands about one label set. */
export const labelSetOptions = {
  project: text('--project <name>', 'the project'),
  dataset: text('--dataset <name>', 'the dataset'),
  labelSet: text('--label-set <name>', 'the label set (main)'),
} as const;

/** The label set of those who name none. */
export const usualLabelSet = 'main';

interface SetSelection {
  readonly project?: string;
  readonly dataset?: string;
  readonly labelSet?: string;
}

/**
 * The label set that options and the first positional arguments name, and the arguments after them. Throws UserError
 * where the dataset is missing, and where other than `wanted` arguments follow.
 */
export function labelSetTarget(
  { project: projectOption, dataset: datasetOption, labelSet }: SetSelection,
  args: readonly string[],
  wanted: { readonly fewest: number; readonly most: number; readonly usage: string },
): { readonly set: LabelSetName; readonly rest: readonly string[] } {
  const rest = [...args];
  const project = projectOption ?? rest.shift();
  const dataset = datasetOption ?? rest.shift();
  const hint = `secuml ${wanted.usage}`;
  if (project === undefined || dataset === undefined) throw new UserError('which dataset?', { hint });
  if (rest.length < wanted.fewest) throw new UserError('something is missing', { hint });
  if (rest.length > wanted.most) {
    throw new UserError(`unexpected argument "${printable(rest[wanted.most])}"`, { hint });
  }
  return { set: { project, dataset, set: labelSet ?? usualLabelSet }, rest };
}

/** Who is said to have given labels: `--author`, else SECUML_AUTHOR, else the name of the account. */
export function authorOf(option: string | undefined, environment: NodeJS.ProcessEnv): string | null {
  const name = (option ?? environment.SECUML_AUTHOR ?? accountName()).trim();
  return name === '' ? null : name;
}

/** An account without an entry in the list of users (a container's) has no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** A label set as people name it: `main of SpamHam/spamassassin`. */
export function setTitle({ project, dataset, set }: LabelSetName): string {
  return `${printable(set, 60)} of ${printable(project, 60)}/${printable(dataset, 60)}`;
}
