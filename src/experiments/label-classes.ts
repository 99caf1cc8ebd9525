import type { LabelColumn } from '../ml/matrix/dataset.js';
import { familyGroups } from '../ml/metrics/families.js';

/** What an algorithm that needs no classes is given. */
export const noClasses = (rows: number) => ({ classes: new Int32Array(rows).fill(-1), classCount: 0 });

/**
 * The classes of some rows, -1 for one without a label: by family where any is named and families are asked for, by label
 * otherwise.
 */
export function labelClasses(
  labels: LabelColumn | undefined,
  rows: Uint32Array,
  by: 'label' | 'family',
): { classes: Int32Array; classCount: number } {
  if (!labels) return noClasses(rows.length);
  const label = Int8Array.from(rows, (row) => labels.label[row]);
  const named = Array.from(rows, (row) => labels.families[labels.family[row]] ?? '');
  if (by === 'label' || named.every((family) => family === '')) {
    return { classes: Int32Array.from(label), classCount: label.some((value) => value >= 0) ? 2 : 0 };
  }
  const { groups, codes } = familyGroups(label, named);
  return { classes: codes, classCount: groups.length };
}
