import type { RowColumns } from './row-columns.js';
import { partMatches } from './row-filter.js';

/** How rows stand to the truth at a threshold. */
export interface OutcomeCounts {
  readonly rows: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Rows without a label, and those of them that are called malicious. */
  readonly unlabeled: number;
  readonly unlabeledAlerts: number;
}

/** Counts the marked rows by label and call; a row is called malicious iff its value > threshold. O(n). */
export function countOutcomes({ label, value }: RowColumns, marks: Uint8Array, threshold: number): OutcomeCounts {
  const malicious = label.names.indexOf('malicious');
  // By (no label, benign, malicious) × (not called, called).
  const counts = new Float64Array(6);
  for (let i = 0; i < marks.length; i++) {
    const code = label.codes[i];
    const truth = code < 0 ? 0 : code === malicious ? 2 : 1;
    counts[2 * truth + (value[i] > threshold ? 1 : 0)] += marks[i];
  }
  return {
    rows: counts.reduce((sum, count) => sum + count, 0),
    truePositives: counts[5],
    falsePositives: counts[3],
    falseNegatives: counts[4],
    trueNegatives: counts[2],
    unlabeled: counts[0] + counts[1],
    unlabeledAlerts: counts[1],
  };
}

/** How a family of one label fares at a threshold. */
export interface FamilyCount {
  readonly family: string;
  readonly label: 'malicious' | 'benign';
  readonly instances: number;
  readonly calledMalicious: number;
}

/**
 * The families of a part (`cv`: all folds, `all`: all validation datasets), the largest first, equal ones malicious
 * first and then by name: a name under both labels is two families, as in the families panel. O(n).
 */
export function countsByFamily(columns: RowColumns, part: string, threshold: number): FamilyCount[] {
  const { label, family, value } = columns;
  const inPart = columns.part.names.map((name) => partMatches(name, part));
  const malicious = label.names.indexOf('malicious');
  const instances = new Uint32Array(2 * family.names.length);
  const called = new Uint32Array(instances.length);
  for (let i = 0; i < columns.rows; i++) {
    const code = family.codes[i];
    if (code < 0 || label.codes[i] < 0 || !inPart[columns.part.codes[i]]) continue;
    const group = 2 * code + (label.codes[i] === malicious ? 1 : 0);
    instances[group]++;
    if (value[i] > threshold) called[group]++;
  }
  return Array.from(instances, (count, group) => ({
    family: family.names[group >>> 1],
    label: group % 2 === 1 ? ('malicious' as const) : ('benign' as const),
    instances: count,
    calledMalicious: called[group],
  }))
    .filter((one) => one.instances > 0)
    .sort(
      (a, b) =>
        b.instances - a.instances ||
        Number(b.label === 'malicious') - Number(a.label === 'malicious') ||
        (a.family < b.family ? -1 : 1),
    );
}
