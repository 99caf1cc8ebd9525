import { counted, nearest, printable, UserError } from '../../../errors.js';
import type { CurrentLabel } from '../../../io/results/label-log.js';
import type { FamilyEdit, LabelledFamily } from '../../../schema/family-edit.js';
import type { LabelWord } from '../../../schema/vocabulary.js';
import type { FamilyCount } from '../family-counts.js';
import type { LabelChange } from '../label-store.js';

/** What an operation would do to a set as it stands. */
export interface EditPlan {
  readonly changes: readonly LabelChange[];
  /** What is done, in words: `rename worm to zbot`. */
  readonly title: string;
  /** What to know before it is done, in plain sentences. */
  readonly notes: readonly string[];
}

type Labels = ReadonlyMap<string, CurrentLabel>;

const otherLabel = { malicious: 'benign', benign: 'malicious' } as const;

/**
 * What a change of families does to the labels that hold now. Throws UserError for a family that the set does not have,
 * an instance that the family does not have, families of both labels to become one, a new name that is taken, and where
 * nothing would change. O(labels).
 */
export function planFamilyEdit(labels: Labels, edit: FamilyEdit): EditPlan {
  switch (edit.operation) {
    case 'rename':
      return planRename(labels, edit.from, edit.to);
    case 'merge':
      return planMerge(labels, edit.from, edit.to);
    case 'split':
      return planSplit(labels, edit.from, edit.instances, edit.to);
    case 'swap':
      return planSwap(labels, edit.from);
  }
}

function planRename(labels: Labels, from: LabelledFamily, to: string): EditPlan {
  const members = membersOf(labels, from);
  if (from.family === to) throw new UserError(`the family is called ${quoted(to)} already`);
  const taken = sizeOf(labels, { label: from.label, family: to });
  if (taken > 0) {
    throw new UserError(`there is a ${from.label} family ${quoted(to)} already (${counted(taken, 'instance')})`, {
      hint: 'to make one family of both, merge them',
    });
  }
  return {
    changes: members.map((member) => ({ ...member, family: to })),
    title: `rename ${familyTitle(from)} to ${quoted(to)}`,
    notes: noteOtherLabel(labels, from.label, to),
  };
}

function planMerge(labels: Labels, families: readonly LabelledFamily[], to: string): EditPlan {
  const from = distinct(families);
  const [{ label }] = from;
  const strange = from.find((family) => family.label !== label);
  if (strange) {
    throw new UserError(`${familyTitle(from[0])} is ${label} and ${familyTitle(strange)} ${strange.label}`, {
      hint: 'families of both labels cannot be one: swap the label of one of them first',
    });
  }
  const members = from.flatMap((family) => membersOf(labels, family));
  const target = sizeOf(labels, { label, family: to });
  const others = from.filter(({ family }) => family !== to);
  if (others.length === 0 || (from.length === 1 && target === 0)) {
    throw new UserError('a merge needs at least two families', {
      hint: 'to give a family another name, rename it',
    });
  }
  const joined = from.some(({ family }) => family === to) ? 0 : target;
  return {
    changes: members.filter(({ family }) => family !== to).map((member) => ({ ...member, family: to })),
    title: `merge ${others.map(familyTitle).join(', ')} into ${quoted(to)}`,
    notes: [
      ...(joined > 0 ? [`they join the ${counted(joined, 'instance')} that ${quoted(to)} has`] : []),
      ...noteOtherLabel(labels, label, to),
    ],
  };
}

function planSplit(labels: Labels, from: LabelledFamily, instances: readonly string[], to: string): EditPlan {
  const members = new Map(membersOf(labels, from).map((member) => [member.instanceId, member]));
  if (from.family === to) throw new UserError(`${quoted(to)} is the family they are in`);
  const wanted = [...new Set(instances)];
  const strangers = wanted.filter((id) => !members.has(id));
  if (strangers.length > 0) throw notInFamily(labels, from, strangers);
  const target = sizeOf(labels, { label: from.label, family: to });
  return {
    changes: wanted.map((id) => ({ ...(members.get(id) as LabelChange), family: to })),
    title: `split ${counted(wanted.length, 'instance')} of ${familyTitle(from)} off as ${quoted(to)}`,
    notes: [
      ...(target > 0 ? [`they join the ${counted(target, 'instance')} that ${quoted(to)} has`] : []),
      ...(wanted.length === members.size ? [`nothing is left of ${familyTitle(from)}`] : []),
      ...noteOtherLabel(labels, from.label, to),
    ],
  };
}

function planSwap(labels: Labels, families: readonly LabelledFamily[]): EditPlan {
  const from = distinct(families);
  const notes = from.flatMap(({ label, family }) => {
    const there = { label: otherLabel[label], family };
    const size = sizeOf(labels, there);
    const isSwappedToo = from.some((other) => other.label === there.label && other.family === family);
    if (size === 0 || isSwappedToo) return [];
    return [
      `${familyTitle(there)} has ${counted(size, 'instance')} under ${there.label} already: they become one family`,
    ];
  });
  const named = from.map((family) => `${familyTitle(family)} to ${otherLabel[family.label]}`);
  return {
    changes: from.flatMap((family) =>
      membersOf(labels, family).map((member) => ({ ...member, label: otherLabel[family.label] })),
    ),
    title: `swap ${named.join(', ')}`,
    notes,
  };
}

/** The families that a person may mean by a name (null: those without a family); throws UserError for none and for both. */
export function chooseFamily(
  counts: readonly FamilyCount[],
  name: string | null,
  label: LabelWord | undefined,
  unnamed: Readonly<Record<LabelWord, number>>,
): LabelledFamily {
  const sizes: readonly { label: LabelWord; instances: number }[] =
    name === null
      ? (['malicious', 'benign'] as const).map((word) => ({ label: word, instances: unnamed[word] }))
      : counts.filter(({ family }) => family === name);
  const found = sizes.filter((size) => size.instances > 0 && (label === undefined || size.label === label));
  if (found.length === 1) return { label: found[0].label, family: name };
  if (found.length > 1) {
    const both = found.map((size) => `${counted(size.instances, `${size.label} instance`)}`).join(' and ');
    throw new UserError(`${familyTitle({ family: name })} has ${both}: which of them?`, {
      hint: 'add --label malicious or --label benign',
    });
  }
  throw unknownFamily(counts, name, label);
}

function unknownFamily(counts: readonly FamilyCount[], name: string | null, label: LabelWord | undefined): UserError {
  const which = label === undefined ? '' : `${label} `;
  if (name === null) return new UserError(`no ${which}instance of the label set is without a family`);
  const names = [...new Set(counts.map(({ family }) => family))];
  const shown = names.slice(0, 20).map((family) => printable(family, 40));
  return new UserError(`the label set has no ${which}family ${quoted(name)}${printable(nearest(name, names))}`, {
    hint: `it has: ${shown.join(', ') || 'none'}${names.length > 20 ? `, … (${names.length})` : ''}`,
  });
}

/** A family as people read it. */
export function familyTitle({ family }: Pick<LabelledFamily, 'family'>): string {
  return family === null ? '(no family)' : quoted(family);
}

const quoted = (name: string): string => `"${printable(name, 60)}"`;

/** The instances of a family, in the order of their first answers; throws UserError for none. */
function membersOf(labels: Labels, { label, family }: LabelledFamily): LabelChange[] {
  const members: LabelChange[] = [];
  for (const [instanceId, held] of labels) {
    if (held.label === label && held.family === family) members.push({ instanceId, ident: held.ident, label, family });
  }
  if (members.length > 0) return members;
  throw new UserError(`the label set has no ${label} instance of the family ${familyTitle({ family })} (any more)`);
}

function sizeOf(labels: Labels, { label, family }: LabelledFamily): number {
  let size = 0;
  for (const held of labels.values()) if (held.label === label && held.family === family) size++;
  return size;
}

function noteOtherLabel(labels: Labels, label: LabelWord, family: string): string[] {
  const size = sizeOf(labels, { label: otherLabel[label], family });
  if (size === 0) return [];
  return [
    `${quoted(family)} is the name of ${counted(size, `${otherLabel[label]} instance`)}, too: that stays another family`,
  ];
}

function notInFamily(labels: Labels, from: LabelledFamily, strangers: readonly string[]): UserError {
  const shown = strangers.slice(0, 5).map((id) => {
    const held = labels.get(id);
    const is = held === undefined ? 'has no label' : `is ${held.label} ${familyTitle(held)}`;
    return `${printable(id, 60)} ${is}`;
  });
  const more = strangers.length > shown.length ? `, … (${strangers.length} in all)` : '';
  return new UserError(`not of the family ${familyTitle(from)}: ${shown.join(', ')}${more}`, {
    hint: 'only instances of the family can be split off',
  });
}

function distinct(families: readonly LabelledFamily[]): LabelledFamily[] {
  return [...new Map(families.map((family) => [JSON.stringify([family.label, family.family]), family])).values()];
}
