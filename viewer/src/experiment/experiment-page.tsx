import { useRouter, useSource } from '../app/context.js';
import { experimentPath, type ExperimentView } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Tabs } from '../components/tabs.js';
import { useLoaded } from '../components/use-loaded.js';
import { resultsPages } from './results-pages.js';

/** One experiment: what it found, and how it was made. */
export function ExperimentPage({ id, view }: { readonly id: string; readonly view: ExperimentView }) {
  const source = useSource();
  const router = useRouter();
  const loaded = useLoaded(() => source.experiment(id), [id]);
  return (
    <Shell title={id} crumbs={[{ title: id }]}>
      <LoadedView of={loaded} what="the experiment">
        {({ document, problem }) => {
          if (document === null) return <Notice kind="error">{problem}</Notice>;
          const Results = resultsPages[document.kind];
          return (
            <Tabs
              label="Experiment"
              tabs={[
                { key: 'results', title: 'Results' },
                { key: 'details', title: 'Details' },
              ]}
              selected={view}
              onSelect={(key) => router.go(experimentPath(id, key))}
            >
              {view === 'results' ? <Results id={id} document={document} /> : null}
            </Tabs>
          );
        }}
      </LoadedView>
    </Shell>
  );
}
