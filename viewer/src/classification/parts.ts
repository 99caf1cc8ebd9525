import type { ResultDocument } from '../../../src/schema/result-document.js';
import { headlinePart, parts } from '../../../src/schema/vocabulary.js';

/** A part of a result, as the page offers it. */
export interface PartChoice {
  readonly part: string;
  readonly title: string;
  /** What its rows are to the model, for those who do not know the words. */
  readonly meaning: string;
  readonly instances: number | null;
}

/** What the page of a classification reads of a result: that of an experiment, or of one iteration of a loop. */
export type ModelDocument = Pick<ResultDocument, 'settings' | 'headline' | 'panels'> &
  /** Absent of an iteration. */
  Partial<Pick<ResultDocument, 'run'>>;

type PartsOf = Pick<ResultDocument, 'panels' | 'headline'> & Partial<Pick<ResultDocument, 'settings'>>;

const withoutIt = 'judged by a model that was trained without it';

/** The parts of a classification in the order to look at them: what was not learned from first, folds last. */
export function partChoices(document: PartsOf): PartChoice[] {
  const found = new Set(document.panels.map(({ part }) => part).filter((part) => part !== undefined));
  return [...found]
    .map((part, order) => ({ part, order }))
    .sort((a, b) => rankOf(a.part) - rankOf(b.part) || a.order - b.order)
    .map(({ part }) => ({
      part,
      ...textsOf(part, document.settings?.validation),
      instances: instancesOf(part, document),
    }));
}

const partOrder: readonly string[] = [parts.test, parts.all, 'dataset', parts.cv, parts.unlabeled, parts.train, 'fold'];

function rankOf(part: string): number {
  return partOrder.indexOf(part.split(/[.:]/, 1)[0]);
}

/** A part's name for people. */
export const partTitle = (part: string): string => textsOf(part).title;

/** The words about folds in the order of time, by validation mode. */
const inTime: Readonly<Record<string, string>> = {
  'temporal-cv': 'each span of time judged by a model of all that came before it',
  'sliding-window': 'each span of time judged by a model of the spans just before it',
};

function textsOf(part: string, validation?: unknown): Pick<PartChoice, 'title' | 'meaning'> {
  const fold = foldOf(part);
  const ofTime = inTime[String(validation)];
  if (fold !== null) {
    const meaning = ofTime ? 'judged by a model that was trained on what came before' : withoutIt;
    return { title: `Fold ${fold}`, meaning };
  }
  if (part.startsWith('dataset:')) {
    return { title: part.slice('dataset:'.length), meaning: 'another dataset: the model has not seen it' };
  }
  switch (part) {
    case parts.train:
      return { title: 'Train', meaning: 'the model learned from these rows: figures flatter it' };
    case parts.test:
      return { title: 'Test', meaning: 'held out: the model has not seen these rows' };
    case parts.cv:
      return {
        title: ofTime ? 'All folds' : 'Cross-validation',
        meaning: ofTime ?? 'every row judged once, by a model that was trained without its fold',
      };
    case parts.all:
      return { title: 'All validation datasets', meaning: 'the validation datasets as one' };
    case parts.unlabeled:
      return { title: 'Unlabeled', meaning: 'rows without a label: scored, not judged' };
    default:
      return { title: part, meaning: '' };
  }
}

/** The number of a fold from 0, null for any other part. */
export function foldOf(part: string): number | null {
  const match = /^fold\.(\d+)$/.exec(part);
  return match ? Number(match[1]) : null;
}

/** How many rows a part has; null where the document does not tell. */
export function instancesOf(part: string, { headline }: Pick<ResultDocument, 'headline'>): number | null {
  return headline[`${headlinePart(part)}.instances`] ?? null;
}
