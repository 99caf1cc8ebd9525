import { useEffect } from 'preact/hooks';
import type { ExperimentPage as PageData } from '../../../src/schema/api/experiments.js';
import { useRouter, useSource } from '../app/context.js';
import { type Crumb, Shell } from '../app/shell.js';
import { experimentPath, type ExperimentView, homePath } from '../app/routes.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Tabs } from '../components/tabs.js';
import { useLoaded } from '../components/use-loaded.js';
import { Details } from './details.js';
import { ExperimentHead } from './experiment-head.js';
import { Keeps } from './keeps.js';
import { NoResult } from './no-result.js';
import { resultsPages } from './results-pages.js';
import { Warnings } from './warnings.js';

const refreshMilliseconds = 3000;

interface ExperimentPageProps {
  readonly id: string;
  readonly view: ExperimentView;
}

/** One experiment: what it found, and how it was made. */
export function ExperimentPage({ id, view }: ExperimentPageProps) {
  const source = useSource();
  const loaded = useLoaded(() => source.experiment(id), [id], { keep: true });
  const page = loaded.state === 'there' ? loaded.value : null;
  useEffect(() => {
    if (loaded.state !== 'there' || loaded.value.summary.state !== 'running') return;
    const timer = setTimeout(loaded.again, refreshMilliseconds);
    return () => clearTimeout(timer);
  }, [loaded]);
  return (
    <Shell title={page?.summary.name ?? id} crumbs={crumbsOf(id, page)}>
      <LoadedView of={loaded} what="the experiment" lines={8}>
        {(value) => <Experiment page={value} view={view} />}
      </LoadedView>
    </Shell>
  );
}

function Experiment({ page, view }: { readonly page: PageData; readonly view: ExperimentView }) {
  const router = useRouter();
  const { live } = useSource();
  const { summary, document } = page;
  const head = <ExperimentHead page={page} />;
  if (document === null) {
    return (
      <>
        {head}
        <NoResult page={page} />
      </>
    );
  }
  const Results = resultsPages[document.kind];
  return (
    <>
      {head}
      <Warnings document={document} withRun={live} />
      <Keeps page={page} />
      <Tabs<ExperimentView>
        label="The experiment"
        tabs={[
          { key: 'results', title: 'Results' },
          { key: 'details', title: 'Settings, files, reproduction' },
        ]}
        selected={view}
        onSelect={(key) => router.go(experimentPath(summary.id, key))}
      >
        {view === 'results' ? (
          <Results id={summary.id} document={document} />
        ) : (
          <Details page={page} document={document} />
        )}
      </Tabs>
    </>
  );
}

function crumbsOf(id: string, page: PageData | null): Crumb[] {
  if (page === null) return [{ title: 'Experiments', to: homePath }, { title: id }];
  const { project, dataset, name } = page.summary;
  const list = (query: Record<string, string>): string => `${homePath}?${new URLSearchParams(query)}`;
  return [
    { title: 'Experiments', to: homePath },
    { title: <DataText text={project} max={24} />, to: list({ project }) },
    { title: <DataText text={dataset} max={32} />, to: list({ project, dataset }) },
    { title: <DataText text={name ?? id} max={40} /> },
  ];
}
