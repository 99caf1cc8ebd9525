import { ComparePage } from '../compare/compare-page.js';
import { Notice } from '../components/notice.js';
import { ExperimentPage } from '../experiment/experiment-page.js';
import { HomePage } from '../home/home-page.js';
import { type Surroundings, SurroundingsContext } from './context.js';
import { LabelsPage } from '../labels/labels-page.js';
import { Link } from './link.js';
import { homePath, routeOf } from './routes.js';
import { Shell } from './shell.js';

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
