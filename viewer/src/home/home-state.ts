import { type ExperimentState, experimentStates } from '../../../src/schema/vocabulary.js';

/** What the list of experiments shows, as its address says it. */
export interface HomeState {
  readonly project: string | null;
  readonly dataset: string | null;
  readonly kind: string | null;
  readonly state: ExperimentState | null;
  readonly text: string;
  /** A column, or the name of a figure. */
  readonly sort: string;
  readonly direction: 'ascending' | 'descending';
  /** Ids of experiments to compare, in the order they were chosen. */
  readonly chosen: readonly string[];
}

/** Everything, the latest first. */
export const everyExperiment: HomeState = {
  project: null,
  dataset: null,
  kind: null,
  state: null,
  text: '',
  sort: 'started',
  direction: 'descending',
  chosen: [],
};

export function readHomeState(query: URLSearchParams): HomeState {
  const state = query.get('state');
  return {
    project: query.get('project'),
    dataset: query.get('dataset'),
    kind: query.get('kind'),
    state: experimentStates.find((known) => known === state) ?? null,
    text: query.get('text') ?? '',
    sort: query.get('sort') ?? everyExperiment.sort,
    direction: query.get('direction') === 'ascending' ? 'ascending' : 'descending',
    chosen: query.getAll('chosen'),
  };
}

/** The query that `readHomeState` turns into this state again; what is as usual is left out. */
export function writeHomeState(state: HomeState): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['project', 'dataset', 'kind', 'state'] as const) {
    const value = state[name];
    if (value !== null) query.set(name, value);
  }
  if (state.text !== '') query.set('text', state.text);
  if (state.sort !== everyExperiment.sort) query.set('sort', state.sort);
  if (state.direction !== everyExperiment.direction) query.set('direction', state.direction);
  for (const id of state.chosen) query.append('chosen', id);
  return query;
}
