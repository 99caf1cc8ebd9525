import { formatCount, formatNumber, formatPercent, formatShare } from './numbers.js';

/** How a figure is called, written and compared. */
export interface FigureKind {
  readonly title: string;
  readonly format: (value: number | null | undefined) => string;
  /** More is better, less is better, or neither. */
  readonly better: 'more' | 'less' | 'neither';
}

const share = (title: string, better: FigureKind['better'] = 'more'): FigureKind => ({
  title,
  format: formatShare,
  better,
});
const rate = (title: string, better: FigureKind['better'] = 'more'): FigureKind => ({
  title,
  format: formatPercent,
  better,
});
const count = (title: string): FigureKind => ({ title, format: formatCount, better: 'neither' });

const figureKinds: Readonly<Record<string, FigureKind>> = {
  rocAuc: share('ROC AUC'),
  averagePrecision: share('Average precision'),
  f1: share('F1'),
  f1Macro: share('F1 (macro)'),
  f1Micro: share('F1 (micro)'),
  accuracy: rate('Accuracy'),
  precision: rate('Precision'),
  recall: rate('Recall'),
  falsePositiveRate: rate('False-positive rate', 'less'),
  falseDiscoveryRate: rate('False-discovery rate', 'less'),
  'recallAtFpr.0.01': rate('Recall at FPR 1 %'),
  'recallAtFpr.0.001': rate('Recall at FPR 0.1 %'),
  ndcg: share('NDCG'),
  calibrationError: share('Calibration error', 'less'),
  alerts: count('Alerts'),
  aut: share('AUT (F1 over time)'),
  'aut.rocAuc': share('AUT of the ROC AUC'),
  'aut.recall': rate('AUT of the recall'),
  'aut.precision': rate('AUT of the precision'),
  'aut.falsePositiveRate': rate('AUT of the false-positive rate', 'less'),
  labels: count('Labels'),
  iterations: count('Iterations'),
  'families.all': count('Families'),
  'families.malicious': count('Malicious families'),
  'families.benign': count('Benign families'),
  budgetLeft: count('Answers left'),
  instances: count('Instances'),
  malicious: count('Malicious'),
  features: count('Features'),
  alarms: count('To look at'),
  clusters: count('Clusters'),
  noise: count('In no cluster'),
  eps: { title: 'Radius', format: formatNumber, better: 'neither' },
  bic: { title: 'BIC', format: formatNumber, better: 'less' },
  logLikelihood: { title: 'Log-likelihood', format: formatNumber, better: 'more' },
  inertia: { title: 'Inertia', format: formatNumber, better: 'less' },
  silhouette: share('Silhouette'),
  homogeneity: share('Homogeneity'),
  completeness: share('Completeness'),
  vMeasure: share('V-measure'),
  adjustedRand: share('Adjusted Rand index'),
  adjustedMutualInformation: share('Adjusted mutual information'),
  components: count('Components'),
  explainedVariance: rate('Variance explained'),
  classSeparation: { title: 'Class separation', format: formatNumber, better: 'less' },
  trustworthiness: share('Trustworthiness'),
  'drift.max': { title: 'Largest drift (PSI)', format: formatNumber, better: 'less' },
};

/** Of a figure's last name: `rocAuc`, `recallAtFpr.0.01`; one that is not known here goes by its own name. */
export function figureKind(figure: string): FigureKind {
  return Object.hasOwn(figureKinds, figure)
    ? figureKinds[figure]
    : { title: figure, format: formatNumber, better: 'neither' };
}

/** A headline name taken apart: `test.rocAuc` is of the part `test`; a name without a part has none. */
export function splitHeadlineName(name: string): { readonly part: string | null; readonly figure: string } {
  if (Object.hasOwn(figureKinds, name)) return { part: null, figure: name };
  const [, part, figure] = /^("(?:[^"\\]|\\.)*"|fold\.\d+|[A-Za-z0-9_:-]+)\.(.+)$/s.exec(name) ?? [];
  if (part === undefined) return { part: null, figure: name };
  return { part: part.startsWith('"') ? unquote(part) : part, figure };
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

const partTitles: Readonly<Record<string, string>> = {
  train: 'training',
  test: 'test',
  cv: 'cross-validation',
  unlabeled: 'unlabelled',
  all: 'all datasets',
  leftOut: 'families left out',
  family: 'with families',
};

/** A part in words: `test`, `fold 2`, or the name of a dataset (hostile text). */
export function partTitle(part: string): string {
  const fold = /^fold\.(\d+)$/.exec(part);
  if (fold) return `fold ${fold[1]}`;
  if (part.startsWith('dataset:')) return part.slice('dataset:'.length);
  return Object.hasOwn(partTitles, part) ? partTitles[part] : part;
}
