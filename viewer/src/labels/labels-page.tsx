import { useEffect } from 'preact/hooks';
import { useRouter, useSource } from '../app/context.js';
import { homePath, labelsPath, type LabelView } from '../app/routes.js';
import { type Crumb, Shell } from '../app/shell.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Tabs } from '../components/tabs.js';
import { useLoaded } from '../components/use-loaded.js';
import { visibleText } from '../text/visible-text.js';
import { chosenSet } from './chosen-set.js';
import { FamiliesView } from './families-view.js';
import { InstancesView } from './instances-view.js';
import { LabelsHead } from './labels-head.js';
import { chooseSet, everyLabel, type LabelsState, readLabelsState, writeLabelsState } from './labels-state.js';
import { NoLabels } from './no-labels.js';
import type { LabelsStore } from './labels-store.js';

/** Answers given elsewhere, in a terminal or on another page, are seen after so long at most. */
const refreshMilliseconds = 4000;

export interface LabelsPageProps {
  readonly project: string;
  readonly dataset: string;
  readonly view: LabelView;
}

/** The label sets of a dataset: labelled instances, and the editor of families. */
export function LabelsPage({ project, dataset, view }: LabelsPageProps) {
  const [source, router] = [useSource(), useRouter()];
  const state = readLabelsState(router.address.value.query);
  const sets = useLoaded(() => source.labelSetList({ project, dataset }), [project, dataset, state.set], {
    keep: true,
  });
  const known = sets.state === 'there' ? sets.value.sets.map(({ set }) => set) : [];
  const set = chooseSet(state.set, chosenSet.value, known);
  return (
    <Shell title={`Labels of ${visibleText(dataset)}`} crumbs={crumbsOf(project, dataset)}>
      <LoadedView of={sets} what="the label sets" lines={8}>
        {() =>
          set === null || !known.includes(set) ? (
            <NoLabels project={project} dataset={dataset} asked={set} known={known} />
          ) : (
            <LabelSet key={set} name={{ project, dataset, set }} known={known} view={view} state={state} />
          )
        }
      </LoadedView>
    </Shell>
  );
}

interface LabelSetProps {
  readonly name: LabelsStore['name'];
  readonly known: readonly string[];
  readonly view: LabelView;
  readonly state: LabelsState;
}

function LabelSet({ name, known, view, state }: LabelSetProps) {
  const [source, router] = [useSource(), useRouter()];
  const { project, dataset, set } = name;
  const loaded = useLoaded(() => source.labelSetPage(name), [set], { keep: true });
  const again = loaded.state === 'there' ? loaded.again : undefined;
  useEffect(() => {
    if (again === undefined) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), refreshMilliseconds);
    return () => clearInterval(timer);
  }, [again]);
  const go = (to: LabelView, next: LabelsState): void =>
    router.go(`${labelsPath(project, dataset, to)}?${writeLabelsState(next)}`);
  return (
    <LoadedView of={loaded} what="the labels" lines={8}>
      {(page) => {
        const store: LabelsStore = {
          source,
          name,
          page,
          state,
          change: (changes, remember) => router.setQuery(writeLabelsState({ ...state, ...changes }), remember),
          showInstances: (filter) => go('instances', { ...everyLabel, set, ...filter }),
          refresh: () => again?.(),
        };
        return (
          <>
            <LabelsHead
              store={store}
              known={known}
              onSet={(next) => {
                chosenSet.value = next;
                go(view, { ...everyLabel, set: next });
              }}
            />
            <Tabs<LabelView>
              label="The labels"
              tabs={[
                { key: 'instances', title: 'Labelled instances' },
                { key: 'families', title: 'Families' },
              ]}
              selected={view}
              onSelect={(key) => go(key, { ...everyLabel, set })}
            >
              {view === 'instances' ? <InstancesView store={store} /> : <FamiliesView store={store} />}
            </Tabs>
          </>
        );
      }}
    </LoadedView>
  );
}

function crumbsOf(project: string, dataset: string): Crumb[] {
  const list = (query: Record<string, string>): string => `${homePath}?${new URLSearchParams(query)}`;
  return [
    { title: 'Experiments', to: homePath },
    { title: <DataText text={project} max={24} />, to: list({ project }) },
    { title: <DataText text={dataset} max={32} />, to: list({ project, dataset }) },
    { title: 'Labels' },
  ];
}
