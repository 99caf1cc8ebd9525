import { Notice } from '../components/notice.js';
import { HomePage } from '../home/home-page.js';
import { type Surroundings, SurroundingsContext } from './context.js';
import { lazyPage } from './lazy-page.js';
import { Link } from './link.js';
import { homePath, routeOf } from './routes.js';
import { Shell } from './shell.js';

// Each fetched when it is looked at: home draws no charts, and those are most of the code.
const ExperimentPage = lazyPage(async () => (await import('../experiment/experiment-page.js')).ExperimentPage);
const ComparePage = lazyPage(async () => (await import('../compare/compare-page.js')).ComparePage);
const LabelsPage = lazyPage(async () => (await import('../labels/labels-page.js')).LabelsPage);
const LabellingPage = lazyPage(async () => (await import('../labelling/labelling-page.js')).LabellingPage);
const IterationPage = lazyPage(async () => (await import('../labelling/iteration-page.js')).IterationPage);

/** The pages over a source and an address. */
export function App(surroundings: Surroundings) {
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <Page path={surroundings.router.address.value.path} />
    </SurroundingsContext.Provider>
  );
}

function Page({ path }: { readonly path: string }) {
  const route = routeOf(path);
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'experiment':
      return <ExperimentPage key={route.id} id={route.id} view={route.view} />;
    case 'compare':
      return <ComparePage />;
    case 'labels':
      return <LabelsPage key={`${route.project}/${route.dataset}`} {...route} />;
    case 'loop':
      return <LabellingPage key={route.id} id={route.id} />;
    case 'iteration':
      return <IterationPage key={route.id} id={route.id} iteration={route.iteration} />;
    case 'unknown':
      return (
        <Shell title="No such page" crumbs={[{ title: 'No such page' }]}>
          <Notice kind="error" title="There is no page at this address">
            <Link to={homePath}>All experiments</Link>
          </Notice>
        </Shell>
      );
  }
}
