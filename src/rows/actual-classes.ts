import type { CodedColumn, PredictionTable } from '../schema/prediction-table.js';
import { datasetPart, labelWords, unseenClass } from '../schema/vocabulary.js';

type LabelledColumns = Pick<PredictionTable, 'part' | 'label' | 'family' | 'predicted'>;

/**
 * The true class of each row under its name in the confusion matrix, -1 without a label. In a binary model that is the
 * label. In a multiclass model it is the family, `LABEL/FAMILY` where a family occurs under both labels, and
 * `unseenClass` for one that the model did not learn (a validation dataset may hold such). O(n).
 * @param classes names of the model's classes; absent: those of the rows outside of validation datasets
 */
export function actualClasses(columns: LabelledColumns, classes?: readonly string[]): CodedColumn {
  const { label, family, predicted } = columns;
  const isLabel = (name: string): boolean => (labelWords as readonly string[]).includes(name);
  if ((classes ?? predicted.names).every(isLabel)) return label;
  const learned = learnedPairs(columns);
  const modelClasses = classes && new Set(classes);
  const names: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (name: string): number => {
    const code = known.get(name) ?? names.push(name) - 1;
    known.set(name, code);
    return code;
  };
  const width = family.names.length + 1;
  // Class by (label, family), worked out where a pair first occurs; -1 means not yet.
  const byPair = new Int32Array(label.names.length * width).fill(-1);
  const codes = new Int32Array(label.codes.length).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    if (label.codes[i] < 0) continue;
    const pair = label.codes[i] * width + family.codes[i] + 1;
    if (byPair[pair] < 0) {
      byPair[pair] = codeOf(
        className(label.names[label.codes[i]], family.names[family.codes[i]] ?? '', learned, modelClasses),
      );
    }
    codes[i] = byPair[pair];
  }
  return { names, codes };
}

/** The labels under which each family occurs in the rows that a model can have learned from. */
function learnedPairs({ part, label, family }: LabelledColumns): Map<string, Set<string>> {
  const elsewhere = part.names.map((name) => name.startsWith(datasetPart('')));
  const width = family.names.length;
  const seen = new Uint8Array(label.names.length * width);
  for (let i = 0; i < label.codes.length; i++) {
    const code = part.codes[i];
    if (label.codes[i] < 0 || family.codes[i] < 0 || (code >= 0 && elsewhere[code])) continue;
    seen[label.codes[i] * width + family.codes[i]] = 1;
  }
  const pairs = new Map<string, Set<string>>();
  family.names.forEach((name, f) => {
    pairs.set(name, new Set(label.names.filter((_, l) => seen[l * width + f] === 1)));
  });
  return pairs;
}

function className(
  label: string,
  family: string,
  learned: Map<string, Set<string>>,
  classes: ReadonlySet<string> | undefined,
): string {
  const labels = learned.get(family) ?? new Set<string>();
  const prefixed = `${label}/${family}`;
  if (classes ? classes.has(prefixed) : labels.size > 1) return prefixed;
  // Under the other label alone: the class of that name is not its own.
  const own = labels.has(label) || labels.size === 0;
  return own && (classes ? classes.has(family) : labels.size > 0) ? family : unseenClass;
}
