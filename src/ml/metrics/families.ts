import { type Interval, wilson } from './intervals.js';

/** The rows of one family under one label. */
export interface FamilyGroup {
  readonly family: string;
  readonly malicious: boolean;
  readonly instances: number;
}

/** Labelled rows by family. */
export interface FamilyGroups {
  /** Largest first; equal ones malicious first, then by code unit of the name. */
  readonly groups: readonly FamilyGroup[];
  /** Length n: index into `groups`, -1 for a row without a label. */
  readonly codes: Int32Array;
}

/** How one family fared at a threshold. */
export interface FamilyRate extends FamilyGroup {
  readonly calledMalicious: number;
  /** calledMalicious / instances: detection rate of a malicious family, share of false alarms of a benign one. */
  readonly rate: Interval;
}

/**
 * Groups rows by (label, family): a name that occurs under both labels is two groups. O(n).
 * @param label length n: 1 malicious, 0 benign, -1 no label
 * @param family length n
 */
export function familyGroups(label: Int8Array, family: readonly string[]): FamilyGroups {
  const codes = new Int32Array(label.length).fill(-1);
  const found: { family: string; malicious: boolean; instances: number }[] = [];
  const codeOf: [benign: Map<string, number>, malicious: Map<string, number>] = [new Map(), new Map()];
  for (let i = 0; i < label.length; i++) {
    if (label[i] === -1) continue;
    let code = codeOf[label[i]].get(family[i]);
    if (code === undefined) {
      code = found.length;
      codeOf[label[i]].set(family[i], code);
      found.push({ family: family[i], malicious: label[i] === 1, instances: 0 });
    }
    found[code].instances++;
    codes[i] = code;
  }
  const groups = [...found].sort(
    (a, b) => b.instances - a.instances || Number(b.malicious) - Number(a.malicious) || (a.family < b.family ? -1 : 1),
  );
  const place = new Map(groups.map((group, k) => [group, k]));
  const renumbered = Int32Array.from(found, (group) => place.get(group) ?? -1);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== -1) codes[i] = renumbered[codes[i]];
  return { groups, codes };
}

/** Rates of every family when a row is called malicious iff its value > threshold, with Wilson intervals. O(n). */
export function familyRates(
  families: FamilyGroups,
  values: Float64Array,
  threshold: number,
  level = 0.95,
): FamilyRate[] {
  const called = familyCountsAbove(families, values, Float64Array.of(threshold));
  return families.groups.map((group, g) => ({
    ...group,
    calledMalicious: called[g],
    rate: wilson(called[g], group.instances, level),
  }));
}

/**
 * How many rows of each family are called malicious at every position of a threshold.
 * O(n log positions + families · positions).
 * @param positions p thresholds, ascending
 * @returns families × p, row-major
 */
export function familyCountsAbove(families: FamilyGroups, values: Float64Array, positions: Float64Array): Uint32Array {
  const p = positions.length;
  const counts = new Uint32Array(families.groups.length * p);
  for (let i = 0; i < values.length; i++) {
    const code = families.codes[i];
    const below = positionsBelow(positions, values[i]);
    // Counted at the last position it exceeds, from where the sums below carry it to the lower ones.
    if (code !== -1 && below > 0) counts[code * p + below - 1]++;
  }
  for (let g = 0; g < families.groups.length; g++) {
    for (let k = p - 2; k >= 0; k--) counts[g * p + k] += counts[g * p + k + 1];
  }
  return counts;
}

function positionsBelow(positions: Float64Array, value: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (positions[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
