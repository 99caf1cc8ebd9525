import { datasetPart, foldPart, headlinePart, headlineSegment, leftOutPart, parts } from '../../schema/vocabulary.js';
import type { ClassifySettings, Validation } from './settings.js';

/** Figures of every part, by their headline name after `<part>.`. */
export const partFigures = [
  'rocAuc',
  'rocAuc.low',
  'rocAuc.high',
  'averagePrecision',
  'averagePrecision.low',
  'averagePrecision.high',
  'accuracy',
  'f1',
  'f1Macro',
  'f1Micro',
  'precision',
  'recall',
  'falsePositiveRate',
  'falseDiscoveryRate',
  'recallAtFpr.0.01',
  'recallAtFpr.0.001',
  'ndcg',
  'calibrationError',
  'alerts',
  'instances',
  'malicious',
] as const;

/** Figures that count; over the folds of a cross-validation they are summed. */
export const countFigures = ['alerts', 'instances', 'malicious'] as const;

/** Figures told again of what --reject keeps: `<part>.kept.<figure>`. */
export const keptFigures = [
  'accuracy',
  'rocAuc',
  'f1',
  'f1Macro',
  'precision',
  'recall',
  'falsePositiveRate',
  'falseDiscoveryRate',
] as const;

/** Figures whose mean over folds says something: rates in [0, 1], no counts, no end of an interval. */
export const meanFigures = partFigures.filter(
  (name) => !name.endsWith('.low') && !name.endsWith('.high') && !isOneOf(countFigures, name),
);

/** Figures whose course over time is told: `<part>.aut` is the area under that of F1, `<part>.aut.<figure>` of others. */
export const decayFigureNames = ['f1', 'rocAuc', 'recall', 'precision', 'falsePositiveRate'] as const;

/** Headline name of the objective that tuning optimises: `roc-auc` → `tuning.rocAuc`. */
export function tuningFigure(objective: string): string {
  return `tuning.${objective.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** Parts that a run with these settings can have. */
export function possibleParts(settings: ClassifySettings): string[] {
  const { validation } = settings;
  const training = settings.trainingDetection ? [parts.train] : [];
  switch (validation.mode) {
    case 'random':
    case 'fixed':
    case 'temporal':
    case 'cutoff':
      return [...training, parts.test, parts.unlabeled];
    case 'cv':
    case 'temporal-cv':
    case 'sliding-window':
      return [
        ...training,
        parts.cv,
        ...Array.from({ length: foldCount(validation) }, (_, k) => foldPart(k)),
        parts.unlabeled,
      ];
    case 'datasets': {
      const names = validation.datasets.map(datasetPart);
      return [...training, ...names, ...(names.length === 1 ? [parts.test] : [parts.all]), parts.unlabeled];
    }
    case 'unlabeled':
      return [...training, parts.unlabeled];
  }
}

function foldCount(validation: Extract<Validation, { mode: 'cv' | 'temporal-cv' | 'sliding-window' }>): number {
  if (validation.mode !== 'sliding-window') return validation.folds;
  return validation.buckets - validation.trainBuckets - validation.testBuckets + 1;
}

/** Has the part figures of its course over time? */
function hasDecay(part: string, { mode }: Validation): boolean {
  if (part === parts.test) return mode === 'temporal' || mode === 'cutoff';
  return part === parts.cv && (mode === 'temporal-cv' || mode === 'sliding-window');
}

/**
 * Can a run with these settings ever produce the headline name? A name that can, but is undefined on the data at
 * hand, is null.
 */
export function canProduce(name: string, settings: ClassifySettings): boolean {
  if (name === tuningFigure(settings.objective)) return settings.points.length > 1 || settings.candidates !== undefined;
  const segments = splitHeadlineName(name);
  if (segments === null) return false;
  const [part, ...rest] = segments;
  if (part === leftOutPart) return settings.leaveOutFamily === true && rest.length <= 2 && rest.at(-1) === 'recall';
  if (!possibleParts(settings).includes(part)) return false;
  if (rest[0] === 'family') return rest.length === 3 && (rest[2] === 'recall' || rest[2] === 'falsePositiveRate');
  const figure = rest.join('.');
  if (settings.reject && part !== parts.train) {
    if (figure === 'rejected') return true;
    if (rest[0] === 'kept')
      return isOneOf(keptFigures, rest[1]) && (rest.length === 2 || isSpread(part, rest.slice(2)));
  }
  if (rest[0] === 'aut' && hasDecay(part, settings.validation)) {
    return rest.length === 1 || isOneOf(decayFigureNames.slice(1), rest.slice(1).join('.'));
  }
  if (part === parts.cv) {
    return isOneOf(countFigures, figure) || isOneOf(meanFigures, figure.replace(/\.(std|low|high)$/, ''));
  }
  return isOneOf(partFigures, figure);
}

/** `.std`, `.low` and `.high` of a mean over folds. */
function isSpread(part: string, rest: readonly string[]): boolean {
  return part === parts.cv && rest.length === 1 && isOneOf(['std', 'low', 'high'], rest[0]);
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

/** The spelling of a headline name that the figures are kept under: quotes only where a segment needs them. */
export function canonicalName(name: string): string {
  const [part, ...rest] = splitHeadlineName(name) ?? [name];
  const segments = rest[0] === 'family' || part === leftOutPart ? rest.map(headlineSegment) : rest;
  return [headlinePart(part), ...segments].join('.');
}

/** Segments of a headline name, unquoted; `fold.N` is one segment. Null where the quotes do not match. */
export function splitHeadlineName(name: string): string[] | null {
  const segments: string[] = [];
  const pattern = /(?:"(?:[^"\\]|\\.)*"|[^".]+)(?:\.|$)/gy;
  let at = 0;
  while (at < name.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(name);
    if (!match) return null;
    at = pattern.lastIndex;
    const segment = match[0].endsWith('.') ? match[0].slice(0, -1) : match[0];
    const plain = segment.startsWith('"') ? unquote(segment) : segment;
    if (plain === null) return null;
    segments.push(plain);
  }
  if (name.endsWith('.')) return null;
  if (segments[0] === 'fold' && segments.length > 1) return [`fold.${segments[1]}`, ...segments.slice(2)];
  return segments;
}

/** The text of a quoted segment; null where an escape in it means nothing. */
function unquote(segment: string): string | null {
  try {
    return JSON.parse(segment) as string;
  } catch {
    return null;
  }
}
