import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { ClassName } from '../../ml/model-selection/trained-model.js';

/** The two classes of the binary task, in the order of the class indexes. */
export const binaryClasses: readonly ClassName[] = [
  { name: 'benign', malicious: false, family: null },
  { name: 'malicious', malicious: true, family: null },
];

/** The family of a labelled instance that has none. */
const defaultFamily = 'other';

/** Labels of n rows to judge predictions by. */
export interface Truth {
  /** Length n: 1 malicious, 0 benign, -1 unknown. */
  readonly label: Int8Array;
  /** Length n: family name, empty for an unknown label. */
  readonly family: readonly string[];
}

type LabelledIds = Pick<Dataset, 'ids' | 'labels' | 'truth'>;

/** What a dataset's rows are judged by: its ground truth, and where that says nothing, its labels. */
export function truthOf(dataset: LabelledIds): Truth {
  return knownBy(dataset, [dataset.labels, dataset.truth]);
}

/** What a model may learn from: the labels asked for, and nothing else. */
export function lessonsOf(dataset: Dataset): Truth {
  return knownBy(dataset, [dataset.labels]);
}

/** Each column fills in, and corrects, what those before it say. */
function knownBy(dataset: LabelledIds, columns: readonly (LabelColumn | undefined)[]): Truth {
  const n = dataset.ids.length;
  const label = new Int8Array(n).fill(-1);
  const family = new Array<string>(n).fill('');
  for (const column of columns) {
    if (!column) continue;
    for (let i = 0; i < n; i++) {
      if (column.label[i] === -1) continue;
      label[i] = column.label[i];
      family[i] = familyName(column, i);
    }
  }
  return { label, family };
}

function familyName(column: LabelColumn, row: number): string {
  return column.family[row] === -1 ? defaultFamily : column.families[column.family[row]];
}

/**
 * The classes of the multiclass task: the families of the rows, benign ones first, each sorted by code unit. A name
 * that occurs under both labels becomes two classes, `malicious/NAME` and `benign/NAME`.
 */
export function familyClasses(truth: Truth, rows: Uint32Array): ClassName[] {
  const names = [new Set<string>(), new Set<string>()];
  for (const row of rows) names[truth.label[row]].add(truth.family[row]);
  const [benign, malicious] = names;
  const classes = (label: 0 | 1): ClassName[] =>
    [...names[label]].sort(byCodeUnit).map((family) => ({
      name: benign.has(family) && malicious.has(family) ? `${label ? 'malicious' : 'benign'}/${family}` : family,
      malicious: label === 1,
      family,
    }));
  return [...classes(0), ...classes(1)];
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The class index of each row; -1 without a label, `classes.length` for a family that no class stands for (a
 * validation dataset may hold families the model has never seen).
 */
export function classOfRows(truth: Truth, classes: readonly ClassName[], multiclass: boolean): Int32Array {
  if (!multiclass) return Int32Array.from(truth.label);
  const byFamily = [new Map<string | null, number>(), new Map<string | null, number>()];
  classes.forEach(({ family, malicious }, k) => {
    byFamily[malicious ? 1 : 0].set(family, k);
  });
  return Int32Array.from(truth.label, (label, i) =>
    label === -1 ? -1 : (byFamily[label].get(truth.family[i]) ?? classes.length),
  );
}
