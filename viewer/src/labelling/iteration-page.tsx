import { useEffect, useMemo } from 'preact/hooks';
import type { LoopModel } from '../../../src/schema/api/loops.js';
import type { LoopView } from '../../../src/schema/labelling.js';
import { useRouter, useSource } from '../app/context.js';
import { useKeys } from '../app/keys.js';
import { Link } from '../app/link.js';
import { experimentPath, homePath, iterationPath, loopPath } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { ClassificationPage } from '../classification/classification-page.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Panel, PanelGrid } from '../components/panel.js';
import { Select } from '../components/select.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { Sentences } from '../experiment/warnings.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { iterationSource } from './iteration-source.js';
import './labelling.css';
import { LoopStore } from './loop-store.js';

/** One iteration of a loop: its queries, and its model as any classification has it. */
export function IterationPage({ id, iteration }: { readonly id: string; readonly iteration: number }) {
  const source = useSource();
  const store = useMemo(() => new LoopStore(source, id), [source, id]);
  useEffect(() => {
    void store.follow();
    return () => store.close();
  }, [store]);
  const view = store.state.value?.view ?? null;
  const told = store.told.value;
  const crumbs = [
    { title: 'Experiments', to: homePath },
    ...(view === null ? [] : [{ title: <DataText text={view.dataset} max={32} />, to: experimentPath(id) }]),
    { title: 'Labelling', to: loopPath(id) },
    { title: `Iteration ${formatCount(iteration)}` },
  ];
  return (
    <Shell title={`Iteration ${iteration} ${visibleText(view?.dataset ?? '')}`} crumbs={crumbs}>
      {view === null ? (
        <p role="status">{told?.text ?? 'Opening the loop: the dataset is read …'}</p>
      ) : (
        <Iteration key={iteration} view={view} iteration={iteration} />
      )}
    </Shell>
  );
}

function Iteration({ view, iteration }: { readonly view: LoopView; readonly iteration: number }) {
  const source = useSource();
  const { id, project, dataset } = view;
  const loaded = useLoaded(() => source.loopModel(id, iteration), [id, iteration]);
  const own = useMemo(
    () => iterationSource(source, id, iteration, { project, dataset }),
    [source, id, iteration, project, dataset],
  );
  return (
    <>
      <IterationBar view={view} iteration={iteration} />
      <LoadedView of={loaded} what="the model: it is trained anew on the answers of then" lines={12}>
        {(model) => (
          <>
            <Sentences kind="warning" sentences={model.warnings} />
            <Queries model={model} />
            <ClassificationPage id={id} document={model} source={own} />
          </>
        )}
      </LoadedView>
    </>
  );
}

/** Which iteration, and the way to the others. */
function IterationBar({ view, iteration }: { readonly view: LoopView; readonly iteration: number }) {
  const router = useRouter();
  const { id, history } = view;
  const at = history.findIndex((of) => of.iteration === iteration);
  const before = history[at - 1]?.iteration;
  const after = history[at + 1]?.iteration;
  const go = (to: number | undefined): void => {
    if (to === undefined) return;
    // The part, the threshold and the order of the list are kept: what is compared stays where it is.
    const { query } = router.address.peek();
    router.go(`${iterationPath(id, to)}${query.size === 0 ? '' : `?${query}`}`);
  };
  useKeys('Iterations', [
    { key: '[', title: 'previous iteration', run: () => go(before) },
    { key: ']', title: 'next iteration', run: () => go(after) },
  ]);
  const labels = history[at]?.labels;
  return (
    <header class="iteration-bar">
      <h1>
        Iteration {formatCount(iteration)}{' '}
        {labels !== undefined && <span class="quiet-text">began with {formatCount(labels)} labels</span>}
      </h1>
      <div class="iteration-steps">
        <button type="button" disabled={before === undefined} onClick={() => go(before)}>
          ◂ Previous <kbd>[</kbd>
        </button>
        <Select
          label="Iteration"
          value={String(iteration)}
          choices={history.map((of) => ({
            value: String(of.iteration),
            title: `${of.iteration} · ${formatCount(of.labels)} labels`,
          }))}
          onChange={(to) => go(Number(to))}
        />
        <button type="button" disabled={after === undefined} onClick={() => go(after)}>
          Next ▸ <kbd>]</kbd>
        </button>
        <Link to={loopPath(id)} class="button">
          Label
        </Link>
      </div>
    </header>
  );
}

type Query = LoopModel['queries'][number];

function Queries({ model: { queries } }: { readonly model: LoopModel }) {
  if (queries.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { state } of queries) counts.set(state, (counts.get(state) ?? 0) + 1);
  const said = [...counts].map(([state, count]) => `${formatCount(count)} ${state}`).join(', ');
  return (
    <PanelGrid>
      <Panel title="Queries of this iteration" note={said} flush>
        <details>
          <summary class="queries-summary">{formatCount(queries.length)} queries, by what they were asked for</summary>
          <SimpleTable<Query>
            caption="Queries of this iteration"
            rows={queries}
            rowKey={({ n }) => n}
            columns={[
              { key: 'n', title: 'Query', align: 'end', cell: ({ n }) => formatCount(n) },
              { key: 'ident', title: 'Instance', heads: true, cell: ({ ident }) => <DataText text={ident} max={60} /> },
              { key: 'kind', title: 'Asked for', cell: ({ kind }) => kind },
              { key: 'suggestion', title: 'Suggested', cell: ({ suggestion }) => <Said of={suggestion} /> },
              {
                key: 'answer',
                title: 'Answer now',
                cell: ({ answer, state }) => (answer ? <Said of={answer} /> : state),
              },
            ]}
          />
        </details>
      </Panel>
    </PanelGrid>
  );
}

function Said({ of }: { readonly of: Query['answer'] }) {
  if (of === null) return <span class="quiet-text">–</span>;
  return (
    <span class={`query-answer ${of.label}`}>
      {of.label}
      {of.family !== null && (
        <>
          {' · '}
          <DataText text={of.family} max={30} />
        </>
      )}
    </span>
  );
}
