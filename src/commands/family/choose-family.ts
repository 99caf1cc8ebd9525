import type { LabelledFamily } from '../../schema/family-edit.js';
import { countFamilies } from '../../workspace/labels/family-counts.js';
import { chooseFamily } from '../../workspace/labels/editing/plan-family-edit.js';
import type { LabelSetName, LabelStore } from '../../workspace/labels/label-store.js';
import { choice, flag } from '../options/options.js';

/** Options that say which family is meant. */
export const familyOptions = {
  label: choice('--label <label>', ['malicious', 'benign'], 'where both labels have a family of that name'),
  unnamed: flag('--unnamed', 'in place of a name: the instances without a family'),
} as const;

/** The families of a label set that names stand for (null: no family); throws UserError (see chooseFamily). */
export async function chooseFamilies(
  labels: LabelStore,
  set: LabelSetName,
  names: readonly (string | null)[],
  label: 'malicious' | 'benign' | undefined,
): Promise<LabelledFamily[]> {
  const current = [...(await labels.current(set)).values()];
  const unnamed = { malicious: 0, benign: 0 };
  for (const held of current) if (held.family === null) unnamed[held.label]++;
  const counts = countFamilies(current);
  return names.map((name) => chooseFamily(counts, name, label, unnamed));
}
