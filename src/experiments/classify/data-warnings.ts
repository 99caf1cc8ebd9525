import { counted } from '../../errors.js';
import { rowsAlike } from '../../ml/matrix/rows-alike.js';
import { separatingColumns } from '../../ml/statistics/separating-columns.js';
import type { ClassifySettings } from './settings.js';
import type { Task } from './task.js';

/** Below this many rows of a class, figures are mostly chance. */
const fewRows = 30;
/** Fewer rows of a label than this a feature may tell apart by chance. */
const enoughRows = 20;
const toldFeatures = 3;

/** What the user must know of the data before trusting a figure; plain sentences. */
export function dataWarnings(task: Task, { multiclass, validation }: ClassifySettings): string[] {
  const { dataset, labelled, alsoLearned, y, lessons, classes } = task;
  const warnings: string[] = [];
  const unlabelled = dataset.ids.length - labelled.length;
  if (unlabelled > 0) {
    warnings.push(
      `${counted(unlabelled, 'instance has', 'instances have')} no label: ${alsoLearned.length > 0 ? 'trained on like all others' : 'not trained on'}, scored as part "unlabeled"`,
    );
  }
  if (unlabelled === 0 && validation.mode === 'unlabeled') {
    warnings.push(
      'every instance has a label: --validation unlabeled scores none and judges none; --validation random or cv judge the model',
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
  warnings.push(...orderWarning(labelled, lessons.label), ...giveawayWarnings(task));
  return warnings;
}

/** Features that alone tell malicious from benign: the model may be no better than a copy of the verdict. */
function giveawayWarnings({ dataset, lessons }: Task): string[] {
  const counts = [0, 1].map((wanted) => lessons.label.reduce((sum, label) => sum + Number(label === wanted), 0));
  if (Math.min(...counts) < enoughRows) return [];
  const found = separatingColumns(dataset.X, lessons.label);
  const told = found.slice(0, toldFeatures).map(({ column, lower, between: [end, start] }) => {
    const [low, high] = lower === 0 ? ['benign', 'malicious'] : ['malicious', 'benign'];
    return `"${dataset.featureNames[column]}" (up to ${shown(end)} ${low}, from ${shown(start)} ${high})`;
  });
  if (told.length === 0) return [];
  const more = found.length > told.length ? ` and ${found.length - told.length} more` : '';
  return [
    `${found.length === 1 ? 'the feature' : 'the features'} ${told.join(', ')}${more} alone ${found.length === 1 ? 'tells' : 'tell'} ` +
      'malicious from benign: if that is written with or after the verdict, leave it out (--filter-out FILE), or no figure here will hold at work',
  ];
}

const shown = (value: number): number => Number(value.toPrecision(6));

/** A file sorted by label: harmless for a stratified split, but a sign that identifiers or times may give it away. */
function orderWarning(labelled: Uint32Array, label: Int8Array): string[] {
  let changes = 0;
  for (let i = 1; i < labelled.length; i++) if (label[labelled[i]] !== label[labelled[i - 1]]) changes++;
  if (changes !== 1) return [];
  return [
    'all instances of one label come before all of the other in the file: a feature that follows their order gives the label away',
  ];
}
