import { useEffect } from 'preact/hooks';
import type { Home } from '../../../src/schema/api/experiments.js';
import { type ExperimentState, experimentStates } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { comparePath, experimentPath } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { CopyField } from '../components/copy-field.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { SearchField } from '../components/search-field.js';
import { Select } from '../components/select.js';
import { useLoaded } from '../components/use-loaded.js';
import { VirtualTable } from '../components/virtual-table.js';
import { LabelSetsPanel } from '../labels/label-sets-panel.js';
import { kindTitle } from '../text/kind-titles.js';
import { formatCount } from '../text/numbers.js';
import { classifyCommand } from './classify-command.js';
import { DatasetSelect } from './dataset-select.js';
import { DatasetTree } from './dataset-tree.js';
import { experimentColumns } from './experiment-columns.js';
import { everyExperiment, type HomeState, readHomeState, writeHomeState } from './home-state.js';
import { areMixed, listExperiments, sharedFigures } from './listed-experiments.js';
import { StartHere } from './start-here.js';

const refreshMilliseconds = 4000;

/** Projects → datasets → experiments. */
export function HomePage() {
  const source = useSource();
  const loaded = useLoaded(() => source.home(), [], { keep: true });
  const running = loaded.state === 'there' && loaded.value.experiments.some(({ state }) => state === 'running');
  const again = loaded.state === 'loading' ? undefined : loaded.again;
  useEffect(() => {
    if (!running || again === undefined) return;
    const timer = setTimeout(again, refreshMilliseconds);
    return () => clearTimeout(timer);
  }, [loaded]);
  return (
    <Shell title="Experiments" crumbs={[{ title: 'Experiments' }]}>
      <h1 class="visually-hidden">Experiments</h1>
      <LoadedView of={loaded} what="the experiments" lines={8}>
        {(home) =>
          home.experiments.length === 0 ? (
            <>
              <StartHere home={home} />
              <LabelSetsPanel project={null} dataset={null} />
            </>
          ) : (
            <Experiments home={home} />
          )
        }
      </LoadedView>
    </Shell>
  );
}

function Experiments({ home }: { readonly home: Home }) {
  const router = useRouter();
  const state = readHomeState(router.address.value.query);
  const change = (changes: Partial<HomeState>): void => router.setQuery(writeHomeState({ ...state, ...changes }));
  const choose = (id: string): void =>
    change({
      chosen: state.chosen.includes(id) ? state.chosen.filter((other) => other !== id) : [...state.chosen, id],
    });
  const found = listExperiments(home.experiments, state);
  const kinds = [...new Set(home.experiments.map(({ kind }) => kind))];
  const columns = experimentColumns({
    figures: areMixed(found) ? null : sharedFigures(found, 3),
    kinds: kinds.length,
    withDataset: state.dataset === null,
    chosen: state.chosen,
    onChoose: choose,
  });
  return (
    <div class="home">
      <Panel title="Projects and datasets" class="home-tree">
        <DatasetTree home={home} state={state} />
      </Panel>
      <div class="home-lists">
        <Panel title="Experiments" flush actions={<CompareButton chosen={state.chosen} />}>
          <Filters home={home} state={state} kinds={kinds} change={change} />
          <VirtualTable
            label="experiments"
            columns={columns}
            load={rowsAtHand(found)}
            question={JSON.stringify([state, home.experiments])}
            rowKey={({ id }) => id}
            sort={{ key: state.sort, direction: state.direction }}
            onSort={({ key, direction }) => change({ sort: key, direction })}
            onMark={({ id, state: at }) => at === 'done' && choose(id)}
            onOpen={({ id }) => router.go(experimentPath(id))}
            maxRows={24}
            empty={<NothingFound home={home} state={state} change={change} />}
          />
        </Panel>
        <LabelSetsPanel project={state.project} dataset={state.dataset} />
      </div>
    </div>
  );
}

function CompareButton({ chosen }: { readonly chosen: readonly string[] }) {
  const router = useRouter();
  const query = new URLSearchParams(chosen.map((id) => ['id', id]));
  return (
    <button
      type="button"
      class={chosen.length > 1 ? 'strong' : ''}
      disabled={chosen.length < 2}
      title="Choose two or more finished experiments"
      onClick={() => router.go(`${comparePath}?${query}`)}
    >
      {chosen.length > 1 ? `Compare ${formatCount(chosen.length)}` : 'Compare'}
    </button>
  );
}

interface FiltersProps {
  readonly home: Home;
  readonly state: HomeState;
  readonly kinds: readonly string[];
  readonly change: (changes: Partial<HomeState>) => void;
}

function Filters({ home, state, kinds, change }: FiltersProps) {
  return (
    <div class="filters">
      <DatasetSelect home={home} state={state} change={change} />
      <SearchField label="Search names, ids, datasets" value={state.text} onChange={(text) => change({ text })} />
      {(kinds.length > 1 || state.kind !== null) && (
        <Select
          label="Kind"
          value={state.kind ?? ''}
          choices={[{ value: '', title: 'every' }, ...kinds.map((kind) => ({ value: kind, title: kindTitle(kind) }))]}
          onChange={(kind) => change({ kind: kind === '' ? null : kind })}
        />
      )}
      <Select<ExperimentState | ''>
        label="State"
        value={state.state ?? ''}
        choices={[{ value: '', title: 'every' }, ...experimentStates.map((value) => ({ value, title: value }))]}
        onChange={(value) => change({ state: value === '' ? null : value })}
      />
    </div>
  );
}

/** Nothing fits: either the filter is too narrow, or nobody has computed anything on the dataset. */
function NothingFound({ home, state, change }: Omit<FiltersProps, 'kinds'>) {
  const { project, dataset } = state;
  const untouched = !home.experiments.some(
    (experiment) =>
      (project === null || experiment.project === project) && (dataset === null || experiment.dataset === dataset),
  );
  if (untouched && project !== null && dataset !== null) {
    return (
      <Notice kind="empty" title="No experiment on this dataset yet">
        <CopyField label="Command" text={classifyCommand(project, dataset)} />
      </Notice>
    );
  }
  return (
    <Notice kind="empty" title="No experiment fits">
      <button type="button" onClick={() => change({ ...everyExperiment, chosen: state.chosen })}>
        Show all {formatCount(home.experiments.length)}
      </button>
    </Notice>
  );
}
