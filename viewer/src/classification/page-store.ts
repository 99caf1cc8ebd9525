import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RowQuery } from '../../../src/schema/api/rows.js';
import type { Remember, Router } from '../app/address.js';
import type { Source } from '../source/source.js';
import { instancesId } from './instances-id.js';
import { everyInstance, type ListState, type PageState, readState, writeState } from './page-state.js';
import type { ModelDocument } from './parts.js';

/** The page's state, which lives in the address, and what it is the state of. */
export interface PageStore {
  readonly id: string;
  readonly document: ModelDocument;
  readonly source: Source;
  readonly state: ReadonlySignal<PageState>;
  /** What the list of instances shows now, in its order: what next and previous go through. */
  readonly listed: Signal<Partial<RowQuery> | null>;
  /** One piece of the state; what reads it is not told of changes elsewhere. */
  select<T>(piece: (state: PageState) => T): ReadonlySignal<T>;
  change(patch: Partial<PageState>, remember?: Remember): void;
  /** Changes the list's conditions, on top of those there are or in their place. */
  changeList(patch: Partial<ListState>, remember?: Remember): void;
  /** Shows exactly the instances that the conditions name, in the order the list has. */
  showInstances(conditions: Partial<ListState>): void;
}

/** Names of the query that are this page's; others are left alone. */
const ownNames = [
  'part',
  'threshold',
  'roc',
  'bars',
  'one-in',
  'families',
  'alerts',
  'features',
  'feature-text',
  'class',
  'varied',
  'curves',
  'show',
  'label',
  'family',
  'actual',
  'predicted',
  'mistaken',
  'from',
  'to',
  'to-included',
  'rejected',
  'text',
  'sort',
  'direction',
  'instance',
  'instance-part',
  'instance-tab',
  'instance-order',
  'instance-text',
  'feature',
];

export function createPageStore(router: Router, source: Source, id: string, document: ModelDocument): PageStore {
  const state = computed(() => readState(router.address.value.query));
  const change = (patch: Partial<PageState>, remember: Remember = 'replace'): void => {
    const { query } = router.address.peek();
    const next = new URLSearchParams([...query].filter(([name]) => !ownNames.includes(name)));
    for (const [name, value] of writeState({ ...readState(query), ...patch })) next.set(name, value);
    router.setQuery(next, remember);
  };
  const changeList = (patch: Partial<ListState>, remember?: Remember): void => {
    change({ list: { ...state.peek().list, ...patch } }, remember);
  };
  return {
    id,
    document,
    source,
    state,
    listed: signal(null),
    select: (piece) => {
      // Equal in content is the same: a signal tells its readers of another object only.
      let last: { text: string; value: ReturnType<typeof piece> } | undefined;
      return computed(() => {
        const value = piece(state.value);
        const text = JSON.stringify(value) ?? '';
        if (last?.text !== text) last = { text, value };
        return last.value;
      });
    },
    change,
    changeList,
    showInstances: (conditions) => {
      const { sort, direction } = state.peek().list;
      changeList({ ...everyInstance, sort, direction, ...conditions }, 'push');
      window.document.getElementById(instancesId)?.scrollIntoView({ block: 'start' });
    },
  };
}
