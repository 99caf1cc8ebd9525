import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { LoopStateResponse } from '../../../src/schema/api/loops.js';
import type { LoopQuery, LoopView } from '../../../src/schema/labelling.js';
import { useRouter, useSource } from '../app/context.js';
import { useKeys } from '../app/keys.js';
import { Link } from '../app/link.js';
import { experimentPath, homePath, labelsPath } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Panel, PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import { InstanceViews } from '../instance/instance-views.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { AnswerBox } from './answer-box.js';
import { HistoryPanels } from './history-panels.js';
import './labelling.css';
import { LoopTakeAway } from './loop-result.js';
import { LoopStore } from './loop-store.js';
import { QueryList } from './query-list.js';
import { QuestionFeatures } from './question-features.js';

/** A labelling loop: one question at a time, live. */
export function LabellingPage({ id }: { readonly id: string }) {
  const source = useSource();
  const store = useMemo(() => new LoopStore(source, id), [source, id]);
  useEffect(() => {
    void store.follow();
    return () => store.close();
  }, [store]);
  const state = store.state.value;
  const view = state?.view ?? null;
  const title = view === null ? 'Labelling' : `Labelling ${visibleText(view.dataset)}`;
  const crumbs = [
    { title: 'Experiments', to: homePath },
    ...(view === null ? [] : [{ title: <DataText text={view.dataset} max={32} />, to: experimentPath(view.id) }]),
    { title: 'Labelling' },
  ];
  return (
    <Shell title={title} crumbs={crumbs}>
      {state === null ? (
        <Opening store={store} />
      ) : (
        <>
          <LoopHead view={state.view} />
          <Question store={store} state={state} />
          <LoopTakeAway store={store} state={state} />
          {state.view.history.length > 0 && (
            <PanelGrid>
              <HistoryPanels iterations={state.view.history} loop={id} />
            </PanelGrid>
          )}
        </>
      )}
    </Shell>
  );
}

function Opening({ store }: { readonly store: LoopStore }) {
  const told = store.told.value;
  if (told?.kind === 'error') return <Notice kind="error">{told.text}</Notice>;
  return <p role="status">Opening the loop: the dataset is read …</p>;
}

/** Where the loop stands. */
function LoopHead({ view }: { readonly view: LoopView }) {
  const { iteration, counts, budget, strategy, labelSet, project, dataset, advice, warnings } = view;
  return (
    <header class="loop-head">
      <h1>
        Iteration {formatCount(iteration)} <span class="quiet-text">by {strategy}</span>
      </h1>
      <dl class="loop-figures">
        <Figure title="labels" value={counts.labels} />
        <Figure title="malicious families" value={counts.families.malicious} />
        <Figure title="benign families" value={counts.families.benign} />
        <Figure title="answers left" value={budget.left} />
      </dl>
      <p class="quiet-text">
        Answers go into the label set{' '}
        <Link to={`${labelsPath(project, dataset)}?${new URLSearchParams({ set: labelSet })}`}>
          <DataText text={labelSet} max={60} />
        </Link>
      </p>
      {advice.length > 0 && (
        <Notice kind="information" title={advice[0]}>
          {advice.slice(1).map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Notice>
      )}
      {[...new Set(warnings)].map((text) => (
        <Notice key={text} kind="warning">
          {text}
        </Notice>
      ))}
    </header>
  );
}

function Figure({ title, value }: { readonly title: string; readonly value: number }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function Question({ store, state }: { readonly store: LoopStore; readonly state: LoopStateResponse }) {
  const router = useRouter();
  const { view, families } = state;
  const { queries } = view;
  const asked = Number(router.address.value.query.get('query') ?? Number.NaN);
  const query = queries.find(({ n }) => n === asked) ?? queries.find((of) => of.state === 'open') ?? queries.at(-1);
  const leaving = useSignal(false);
  const choose = (n: number): void => router.setQuery(new URLSearchParams({ query: String(n) }));
  const open = queries.filter((of) => of.state === 'open');
  const step = (by: number): void => {
    const at = queries.findIndex(({ n }) => n === query?.n) + by;
    if (queries[at]) choose(queries[at].n);
  };
  /** The next open query after this one, else the first. */
  const advance = (): void => {
    const next = open.find(({ n }) => n > (query?.n ?? 0)) ?? open.find(({ n }) => n !== query?.n);
    if (next) choose(next.n);
  };
  const goOn = (): void => {
    if (open.length > 0 && !leaving.peek()) leaving.value = true;
    else {
      leaving.value = false;
      void store.next();
    }
  };
  useKeys('Queries', [
    { key: 'n', title: 'next query', run: () => step(1) },
    { key: 'p', title: 'previous query', run: () => step(-1) },
    { key: 'N', title: 'next iteration', run: goOn },
  ]);
  return (
    <div class="labelling">
      <div class="labelling-question">
        <Phase view={view} />
        {query && (
          <QueryPanel
            key={query.n}
            store={store}
            query={query}
            view={view}
            families={families}
            onDone={advance}
            onGoTo={choose}
          />
        )}
      </div>
      <div class="labelling-side">
        <div role="status">
          {store.told.value && <Notice kind={store.told.value.kind}>{store.told.value.text}</Notice>}
        </div>
        <QueryList queries={queries} current={query?.n ?? null} onChoose={choose} />
        {view.phase === 'asking' && queries.length > 0 && (
          <p>
            {leaving.value && (
              <Notice kind="warning">
                {formatCount(open.length)} queries are open:{' '}
                {open
                  .slice(0, 5)
                  .map(({ n }) => n)
                  .join(', ')}
                {open.length > 5 ? ' …' : ''}. Once more to go on without them.
              </Notice>
            )}
            <button type="button" onClick={goOn}>
              Next iteration <kbd>N</kbd>
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

/** What the loop does, where it does not simply wait for answers. */
function Phase({ view }: { readonly view: LoopView }) {
  const { phase, computing, finished, id, iteration, budget } = view;
  switch (phase) {
    case 'asking':
      return null;
    case 'computing':
      return (
        <p role="status" class="phase">
          Computing iteration {formatCount(iteration)}
          {computing && `: ${computing.stage}`} … queries appear as they are found.
        </p>
      );
    case 'elsewhere':
      return (
        <p role="status" class="phase">
          Another process computes iteration {formatCount(iteration)} …
        </p>
      );
    case 'finished':
      return (
        <Notice kind="information" title={`Finished: ${finished ?? 'a computation failed'}`}>
          {finished !== null && budget.left === 0 && (
            <>
              <p>To go on with more answers:</p>
              <CopyField label="Command" text={`secuml label ${id} --no-prompt --budget ${budget.total + 500}`} />
            </>
          )}
        </Notice>
      );
  }
}

interface QueryPanelProps {
  readonly store: LoopStore;
  readonly query: LoopQuery;
  readonly view: LoopView;
  readonly families: LoopStateResponse['families'];
  readonly onDone: () => void;
  readonly onGoTo: (n: number) => void;
}

function QueryPanel({ store, query, view, families, onDone, onGoTo }: QueryPanelProps) {
  const source = useSource();
  const { project, dataset } = view;
  const origin = { project, dataset };
  const details = useLoaded(() => store.detailsOf(query, view), [query.n, query.answer?.n], { keep: true });
  const instance = useLoaded(() => source.instance(origin, query.instanceId), [query.instanceId]);
  const seen = details.state === 'there' ? (details.value.events.at(-1)?.n ?? 0) : (query.answer?.n ?? 0);
  const place = view.queries.findIndex(({ n }) => n === query.n) + 1;
  return (
    <Panel
      title={<DataText text={query.ident} max={120} />}
      note={`query ${place} of ${formatCount(view.queries.length)} · ${query.kind} · ${query.reason}`}
    >
      <AnswerBox
        query={query}
        families={families}
        alike={details.state === 'there' ? details.value.duplicates : null}
        onAnswer={(given, withDuplicates) => {
          // Shown at once: what comes next is at hand, and a failure comes back here.
          onDone();
          void store.answer(query, given, seen, withDuplicates).then((kept) => kept || onGoTo(query.n));
        }}
        onPass={(how) => {
          onDone();
          void store.pass(query, how).then((kept) => kept || onGoTo(query.n));
        }}
        onUndo={() => void store.undo().then((about) => about !== null && onGoTo(about))}
      />
      {instance.state === 'there' && instance.value.views.length > 0 && (
        <details open>
          <summary>The original</summary>
          <InstanceViews source={source} origin={origin} instance={instance.value} part={undefined} />
        </details>
      )}
      <LoadedView of={details} what="the features" lines={8}>
        {(value) => <QuestionFeatures details={value} />}
      </LoadedView>
    </Panel>
  );
}
