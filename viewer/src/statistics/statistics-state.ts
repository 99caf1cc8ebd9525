import { computed, type ReadonlySignal } from '@preact/signals';
import type { Remember, Router } from '../app/address.js';
import type { SortState } from '../components/table-columns.js';

/** Everything that a link to the page restores. */
export interface StatisticsState {
  /** Key of a column of the list. */
  readonly sort: SortState;
  readonly text: string;
  /** Place in the dataset of the feature that is open. */
  readonly feature: number | null;
  /** Name of the feature that is open, where another page led here, which knows no places. */
  readonly named: string | null;
}

export interface StatisticsStore {
  readonly state: ReadonlySignal<StatisticsState>;
  change(patch: Partial<StatisticsState>, remember?: Remember): void;
}

const ownNames = ['sort', 'direction', 'feature-text', 'feature', 'feature-named'];

/** The page's state, which lives in the address. `usual` is the order the page opens with. */
export function createStatisticsStore(router: Router, usual: SortState): StatisticsStore {
  const read = (query: URLSearchParams): StatisticsState => {
    const feature = Number(query.get('feature') ?? 'none');
    return {
      sort: {
        key: query.get('sort') ?? usual.key,
        direction:
          query.get('direction') === 'ascending' ? 'ascending' : query.has('sort') ? 'descending' : usual.direction,
      },
      text: query.get('feature-text') ?? '',
      feature: Number.isSafeInteger(feature) && feature >= 0 ? feature : null,
      named: query.get('feature-named'),
    };
  };
  return {
    state: computed(() => read(router.address.value.query)),
    change: (patch, remember = 'replace') => {
      const { query } = router.address.peek();
      const next = new URLSearchParams([...query].filter(([name]) => !ownNames.includes(name)));
      // Whatever is opened or closed on the page, its place says.
      const { sort, text, feature, named } = { ...read(query), ...('feature' in patch && { named: null }), ...patch };
      if (sort.key !== usual.key || sort.direction !== usual.direction) {
        next.set('sort', sort.key);
        next.set('direction', sort.direction);
      }
      if (text !== '') next.set('feature-text', text);
      if (feature !== null) next.set('feature', String(feature));
      if (named !== null) next.set('feature-named', named);
      router.setQuery(next, remember);
    },
  };
}
