import { type FamilyGroup, familyGroups } from '../../ml/metrics/families.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { FeatureGrouping } from './settings.js';

/** Families that are drawn one by one; scores know all of them. */
const shownFamilies = 20;

export type GroupLabel = 'malicious' | 'benign' | 'unlabeled';

export interface RowGroup {
  readonly name: string;
  readonly label: GroupLabel;
}

/** The rows of a dataset by label or by family. */
export interface RowGroups {
  readonly groups: readonly RowGroup[];
  /** Length n: index into `groups`. */
  readonly groupOf: Int32Array;
  /** Label of each group: 1 malicious, 0 benign, -1 none. */
  readonly labels: Int8Array;
  /** Class of each group for scores, -1 for rows without a label. */
  readonly classes: Int32Array;
  /** Groups that are described one by one. */
  readonly shown: readonly number[];
}

const labelGroups: readonly RowGroup[] = [
  { name: 'malicious', label: 'malicious' },
  { name: 'benign', label: 'benign' },
  { name: 'unlabeled', label: 'unlabeled' },
];

/** Groups rows. Without labels all are one group, `unlabeled`. */
export function groupRows({ ids, labels }: Dataset, by: FeatureGrouping): RowGroups {
  const label = labels?.label ?? new Int8Array(ids.length).fill(-1);
  if (by === 'label' || !labels) return groupByLabel(label);
  const { groups: families, codes } = familyGroups(
    label,
    Array.from(labels.family, (code) => labels.families[code] ?? ''),
  );
  const unlabelled = codes.some((code) => code === -1);
  const groups = [...families.map(groupOfFamily), ...(unlabelled ? [labelGroups[2]] : [])];
  return {
    groups,
    groupOf: codes.map((code) => (code === -1 ? families.length : code)),
    labels: Int8Array.from(groups, labelCode),
    classes: Int32Array.from(groups, (_, g) => (g < families.length ? g : -1)),
    shown: [...families.keys()].slice(0, shownFamilies).concat(unlabelled ? [families.length] : []),
  };
}

function groupByLabel(label: Int8Array): RowGroups {
  const codes = Int32Array.from(label, (code) => (code === 1 ? 0 : code === 0 ? 1 : 2));
  const present = labelGroups.map((_, g) => codes.includes(g));
  return {
    groups: labelGroups,
    groupOf: codes,
    labels: Int8Array.of(1, 0, -1),
    classes: Int32Array.of(0, 1, -1),
    shown: [...labelGroups.keys()].filter((g) => present[g]),
  };
}

const groupOfFamily = ({ family, malicious }: FamilyGroup): RowGroup => ({
  name: family,
  label: malicious ? 'malicious' : 'benign',
});

const labelCode = ({ label }: RowGroup): number => (label === 'malicious' ? 1 : label === 'benign' ? 0 : -1);
