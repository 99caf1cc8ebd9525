import type { Home } from '../../../src/schema/api/experiments.js';
import { Link } from '../app/link.js';
import { homePath } from '../app/routes.js';
import { DataText } from '../components/data-text.js';
import { formatCount } from '../text/numbers.js';
import { type HomeState, writeHomeState } from './home-state.js';
import { projectsOf } from './projects.js';

interface DatasetTreeProps {
  readonly home: Home;
  readonly state: HomeState;
}

/** Projects and their datasets, with how many experiments each has; one chosen narrows the list. */
export function DatasetTree({ home, state }: DatasetTreeProps) {
  const to = (project: string | null, dataset: string | null): string => {
    const query = writeHomeState({ ...state, project, dataset });
    return query.size === 0 ? homePath : `${homePath}?${query}`;
  };
  return (
    <nav class="dataset-tree" aria-label="Projects and datasets">
      <ul>
        <li>
          <Entry to={to(null, null)} text="All" count={home.experiments.length} current={state.project === null} />
        </li>
        {projectsOf(home).map(({ project, count, datasets }) => (
          <li key={project}>
            <Entry
              to={to(project, null)}
              text={project}
              count={count}
              current={state.project === project && state.dataset === null}
            />
            <ul>
              {datasets.map(({ dataset, count: own }) => (
                <li key={dataset}>
                  <Entry
                    to={to(project, dataset)}
                    text={dataset}
                    count={own}
                    current={state.project === project && state.dataset === dataset}
                  />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({ to, text, count, current }: { to: string; text: string; count: number; current: boolean }) {
  return (
    <Link to={to} class="tree-entry" current={current}>
      <DataText text={text} max={32} />
      <span class="tree-count">
        {formatCount(count)}
        <span class="visually-hidden"> experiments</span>
      </span>
    </Link>
  );
}
