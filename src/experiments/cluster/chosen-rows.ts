import { UserError } from '../../errors.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { ClusterSettings } from './settings.js';

/** The rows that `only` leaves, ascending. Throws UserError where that is none. */
export function chosenRows({ ids, labels }: Dataset, only: ClusterSettings['only']): Uint32Array {
  if (only === 'all') return Uint32Array.from(ids.keys());
  if (!labels) {
    throw new UserError(`--only ${only} needs labels, and the dataset has none`, {
      hint: 'name a label file with --labels, or leave --only out',
    });
  }
  const wanted = only === 'malicious' ? 1 : 0;
  const rows = Uint32Array.from(labels.label.keys()).filter((row) => labels.label[row] === wanted);
  if (rows.length === 0) throw new UserError(`--only ${only}: the dataset has no ${only} instance`);
  return rows;
}
