import { counted } from '../../errors.js';
import { rowsAlike } from '../../ml/matrix/rows-alike.js';
import type { Task } from './task.js';

/** Below this many rows of a class, figures are mostly chance. */
const fewRows = 30;

/** What the user must know of the data before trusting a figure; plain sentences. */
export function dataWarnings(task: Task, multiclass: boolean): string[] {
  const { dataset, labelled, alsoLearned, y, lessons, classes } = task;
  const warnings: string[] = [];
  const unlabelled = dataset.ids.length - labelled.length;
  if (unlabelled > 0) {
    warnings.push(
      `${counted(unlabelled, 'instance has', 'instances have')} no label: ${alsoLearned.length > 0 ? 'trained on like all others' : 'not trained on'}, scored as part "unlabeled"`,
    );
  }
  if (rowsAlike(dataset.X)) {
    warnings.push(
      'no feature varies: all instances look the same to the model, and no figure says more than the shares of the labels',
    );
  }
  const rows = new Array<number>(classes.length).fill(0);
  for (const row of labelled) rows[y[row]]++;
  const small = classes.map(({ name }, k) => ({ name, rows: rows[k] })).filter((c) => c.rows > 0 && c.rows < fewRows);
  if (!multiclass) {
    for (const { name, rows: count } of small) {
      warnings.push(
        `only ${counted(count, `${name} instance`)}: every figure about them is uncertain, see its interval`,
      );
    }
  } else if (small.length > 0) {
    warnings.push(
      `${small.length} of ${classes.length} families ${small.length === 1 ? 'has' : 'have'} fewer than ${fewRows} instances: ${small.length === 1 ? 'its' : 'their'} figures are uncertain`,
    );
  }
  warnings.push(...orderWarning(labelled, lessons.label));
  return warnings;
}

/** A file sorted by label: harmless for a stratified split, but a sign that identifiers or times may give it away. */
function orderWarning(labelled: Uint32Array, label: Int8Array): string[] {
  let changes = 0;
  for (let i = 1; i < labelled.length; i++) if (label[labelled[i]] !== label[labelled[i - 1]]) changes++;
  if (changes !== 1) return [];
  return [
    'all instances of one label come before all of the other in the file: a feature that follows their order gives the label away',
  ];
}
