import type { LabelWord } from '../../schema/vocabulary.js';

/** A family and how many instances bear it. The same name may occur under both labels. */
export interface FamilyCount {
  readonly family: string;
  readonly label: LabelWord;
  readonly instances: number;
}

/** Counts families, the largest first, of one size by name; instances without a family are left out. */
export function countFamilies(
  labels: Iterable<{ readonly label: LabelWord; readonly family: string | null }>,
): FamilyCount[] {
  const counts = { malicious: new Map<string, number>(), benign: new Map<string, number>() };
  for (const { label, family } of labels) {
    if (family !== null) counts[label].set(family, (counts[label].get(family) ?? 0) + 1);
  }
  return inOrder([...listed(counts.malicious, 'malicious'), ...listed(counts.benign, 'benign')]);
}

/** The sums of two counts. */
export function addFamilyCounts(a: readonly FamilyCount[], b: readonly FamilyCount[]): FamilyCount[] {
  const sums = new Map<string, FamilyCount>();
  for (const count of [...a, ...b]) {
    const key = JSON.stringify([count.label, count.family]);
    sums.set(key, { ...count, instances: count.instances + (sums.get(key)?.instances ?? 0) });
  }
  return inOrder([...sums.values()]);
}

function listed(counts: ReadonlyMap<string, number>, label: LabelWord): FamilyCount[] {
  return [...counts].map(([family, instances]) => ({ family, label, instances }));
}

function inOrder(counts: FamilyCount[]): FamilyCount[] {
  return counts.sort((a, b) => b.instances - a.instances || (a.family < b.family ? -1 : 1));
}
