import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { LabelEvent } from '../../schema/label-event.js';
import type { GivenLabel } from '../../schema/labelling.js';

/** The labels of a set as they stood after its event number `upTo`, by instance_id. */
export function labelsAfter(events: readonly LabelEvent[], upTo: number): Map<string, GivenLabel> {
  const labels = new Map<string, GivenLabel>();
  for (const { n, instance_id: id, label, family } of events) {
    if (n > upTo) break;
    if (label === null) labels.delete(id);
    else labels.set(id, { label, family });
  }
  return labels;
}

/** Rows by instance_id, once for each dataset: after every answer its labels are counted anew. */
const knownRows = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The row of each instance. */
export function rowsById(ids: readonly string[]): ReadonlyMap<string, number> {
  const rows = knownRows.get(ids) ?? new Map(ids.map((id, row) => [id, row]));
  knownRows.set(ids, rows);
  return rows;
}

/** Labels as a column of the dataset; those of instances that it does not have are left out. O(n + labels). */
export function labelColumn({ ids }: Dataset, labels: ReadonlyMap<string, GivenLabel>): LabelColumn {
  const families = [...new Set([...labels.values()].flatMap(({ family }) => (family === null ? [] : [family])))].sort(
    (a, b) => (a < b ? -1 : 1),
  );
  const index = new Map(families.map((family, k) => [family, k]));
  const label = new Int8Array(ids.length).fill(-1);
  const family = new Int32Array(ids.length).fill(-1);
  const rows = rowsById(ids);
  for (const [id, given] of labels) {
    const row = rows.get(id);
    if (row === undefined) continue;
    label[row] = given.label === 'malicious' ? 1 : 0;
    if (given.family !== null) family[row] = index.get(given.family) ?? -1;
  }
  return { label, family, families };
}

/** How many instances bear each label, and how many families there are. */
export function countLabels({ label, family }: LabelColumn): {
  labels: number;
  malicious: number;
  benign: number;
  unlabeled: number;
  families: { malicious: number; benign: number; all: number };
} {
  const families = [new Set<number>(), new Set<number>()];
  let [malicious, benign] = [0, 0];
  for (let row = 0; row < label.length; row++) {
    if (label[row] === -1) continue;
    if (label[row] === 1) malicious++;
    else benign++;
    if (family[row] !== -1) families[label[row]].add(family[row]);
  }
  const counts = { malicious: families[1].size, benign: families[0].size };
  return {
    labels: malicious + benign,
    malicious,
    benign,
    unlabeled: label.length - malicious - benign,
    families: { ...counts, all: counts.malicious + counts.benign },
  };
}
