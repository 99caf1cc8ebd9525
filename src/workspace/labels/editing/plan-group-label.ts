import { counted, printable, UserError } from '../../../errors.js';
import type { CurrentLabel } from '../../../io/results/label-log.js';
import type { LabelWord } from '../../../schema/vocabulary.js';
import type { EditPlan } from './plan-family-edit.js';
import type { LabelChange } from '../label-store.js';

/** One label for all members of a cluster, or of an area of a projection. */
export interface GroupLabel {
  /** What the group is called: `cluster 3`. */
  readonly group: string;
  readonly members: readonly { readonly instanceId: string; readonly ident: string }[];
  readonly label: LabelWord;
  readonly family: string | null;
  /** Members that have a label keep it. */
  readonly keep: boolean;
}

/** What one label for a whole group does to a set; only what differs is written. Throws UserError for no members. */
export function planGroupLabel(
  current: ReadonlyMap<string, CurrentLabel>,
  { group, members, label, family, keep }: GroupLabel,
): EditPlan {
  if (members.length === 0) throw new UserError(`nobody is in ${printable(group)} of the experiment`);
  const count = { same: 0, kept: 0, changed: 0 };
  const changes: LabelChange[] = [];
  for (const { instanceId, ident } of members) {
    const held = current.get(instanceId);
    if (held?.label === label && held.family === family) count.same++;
    else if (held !== undefined && keep) count.kept++;
    else {
      if (held !== undefined) count.changed++;
      changes.push({ instanceId, ident, label, family });
    }
  }
  const named = family === null ? label : `${label}, ${JSON.stringify(family)}`;
  const notes = [
    [count.same, 'is there already', 'are there already'],
    [count.kept, 'is kept: somebody has answered', 'are kept: somebody has answered'],
    [count.changed, 'is overwritten', 'are overwritten'],
  ] as const;
  return {
    changes,
    title: `label ${counted(members.length, 'instance')} of ${printable(group)} ${printable(named)}`,
    notes: notes
      .filter(([labels]) => labels > 0)
      .map(([labels, one, many]) => `${counted(labels, 'label')} ${labels === 1 ? one : many}`),
  };
}
