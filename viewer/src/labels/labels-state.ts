import type { LabelFilter, LabelSortColumn } from '../../../src/schema/api/labels.js';
import type { LabelledFamily } from '../../../src/schema/family-edit.js';

const sortColumns = [
  'n',
  'instanceId',
  'ident',
  'label',
  'family',
  'author',
] as const satisfies readonly LabelSortColumn[];

export type FamilyOrder = 'size' | 'name';

/** What the pages about the labels of a dataset show, as their address says it. */
export interface LabelsState {
  /** Null: the one chosen last, or the only one. */
  readonly set: string | null;
  readonly label: 'malicious' | 'benign' | null;
  readonly family: string | null;
  /** Only instances without a family. */
  readonly unnamed: boolean;
  /** Null: whoever; empty: those who gave no name. */
  readonly author: string | null;
  readonly text: string;
  readonly sort: LabelSortColumn;
  readonly direction: 'ascending' | 'descending';
  /** The instance beside the page. */
  readonly instance: string | null;
  /** The families that an operation is about, in the order they were chosen. */
  readonly chosen: readonly LabelledFamily[];
  readonly familyOrder: FamilyOrder;
}

/** Everything, the latest answers first. */
export const everyLabel: LabelsState = {
  set: null,
  label: null,
  family: null,
  unnamed: false,
  author: null,
  text: '',
  sort: 'n',
  direction: 'descending',
  instance: null,
  chosen: [],
  familyOrder: 'size',
};

export function readLabelsState(query: URLSearchParams): LabelsState {
  const [label, sort] = [query.get('label'), query.get('sort')];
  return {
    set: query.get('set'),
    label: label === 'malicious' || label === 'benign' ? label : null,
    family: query.get('family'),
    unnamed: query.get('unnamed') === 'true',
    author: query.get('author'),
    text: query.get('text') ?? '',
    sort: sortColumns.find((column) => column === sort) ?? everyLabel.sort,
    direction: query.get('direction') === 'ascending' ? 'ascending' : 'descending',
    instance: query.get('instance'),
    chosen: query.getAll('chosen').flatMap(readFamily),
    familyOrder: query.get('order') === 'name' ? 'name' : 'size',
  };
}

/** The query that `readLabelsState` turns into this state again; what is as usual is left out. */
export function writeLabelsState(state: LabelsState): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['set', 'label', 'family', 'author', 'instance'] as const) {
    const value = state[name];
    if (value !== null) query.set(name, value);
  }
  if (state.unnamed) query.set('unnamed', 'true');
  if (state.text !== '') query.set('text', state.text);
  if (state.sort !== everyLabel.sort) query.set('sort', state.sort);
  if (state.direction !== everyLabel.direction) query.set('direction', state.direction);
  for (const family of state.chosen) query.append('chosen', familyKey(family));
  if (state.familyOrder !== everyLabel.familyOrder) query.set('order', state.familyOrder);
  return query;
}

/** A family in a word: `malicious:worm`; without a colon the instances of the label that have none. */
export const familyKey = ({ label, family }: LabelledFamily): string =>
  family === null ? label : `${label}:${family}`;

function readFamily(key: string): LabelledFamily[] {
  const [, label, family] = /^(malicious|benign)(?::(.+))?$/s.exec(key) ?? [];
  if (label !== 'malicious' && label !== 'benign') return [];
  return [{ label, family: family ?? null }];
}

/** What the list of instances asks for. */
export function filterOf({ label, family, unnamed, author, text }: LabelsState): LabelFilter {
  return {
    ...(label === null ? {} : { label }),
    ...(family === null ? {} : { family }),
    ...(unnamed ? { unnamed } : {}),
    ...(author === null ? {} : { author }),
    ...(text === '' ? {} : { text }),
  };
}

/** The set to show: the one asked for, else the one used last, `main`, or the first there is; null for none at all. */
export function chooseSet(asked: string | null, last: string, known: readonly string[]): string | null {
  if (asked !== null) return asked;
  return [last, 'main'].find((name) => known.includes(name)) ?? known[0] ?? null;
}
