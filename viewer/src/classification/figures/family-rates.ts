import type { PanelData } from '../../../../src/schema/panels/registry.js';
import { type Interval, wilson } from './intervals.js';

/** A family and how it fares at the threshold. */
export interface FamilyRow {
  readonly family: string;
  readonly label: 'malicious' | 'benign';
  readonly instances: number;
  readonly calledMalicious: number;
  /** Detection rate of a malicious family, false-positive rate of a benign one. */
  readonly rate: Interval;
  /** False for a family too small for the table by threshold: its figures are those of the decision threshold. */
  readonly follows: boolean;
}

type FollowingFamily = PanelData<'family-thresholds'>['families'][number];

/** How many of a family are called malicious at a position. O(log steps). */
export function calledAt({ from, calledMalicious }: FollowingFamily, position: number): number {
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (from[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return calledMalicious[low] ?? 0;
}

/** The families of a part at a position: those that follow the threshold, then the rest as decided. */
export function familyRows(
  following: PanelData<'family-thresholds'> | null,
  decided: PanelData<'families'> | null,
  position: number,
): FamilyRow[] {
  const rows = (following?.families ?? []).map((family): FamilyRow => {
    const called = calledAt(family, position);
    return {
      family: family.family,
      label: family.label,
      instances: family.instances,
      calledMalicious: called,
      rate: wilson(called, family.instances),
      follows: true,
    };
  });
  const known = new Set(rows.map(keyOf));
  const rest = (decided?.rows ?? []).filter((row) => !known.has(keyOf(row)));
  return [...rows, ...rest.map((row): FamilyRow => ({ ...row, follows: false }))];
}

/** One name may occur under both labels. */
export function keyOf({ label, family }: Pick<FamilyRow, 'label' | 'family'>): string {
  return `${label} ${family}`;
}

export const familySorts = ['worst', 'rate', 'instances', 'family'] as const;

export type FamilySort = (typeof familySorts)[number];

/** A sorted copy; `worst` puts the most errors first: missed of the malicious, wrongly called of the benign. */
export function sortFamilies(rows: readonly FamilyRow[], sort: FamilySort): FamilyRow[] {
  const order: Record<FamilySort, (a: FamilyRow, b: FamilyRow) => number> = {
    worst: (a, b) => errorsOf(b) - errorsOf(a),
    rate: (a, b) => (a.rate.value ?? 0) - (b.rate.value ?? 0),
    instances: (a, b) => b.instances - a.instances,
    family: (a, b) => (a.family < b.family ? -1 : 1),
  };
  return [...rows].sort((a, b) => order[sort](a, b) || b.instances - a.instances || (a.family < b.family ? -1 : 1));
}

/** Instances of a family that are called wrongly. */
export function errorsOf({ label, instances, calledMalicious }: FamilyRow): number {
  return label === 'malicious' ? instances - calledMalicious : calledMalicious;
}
