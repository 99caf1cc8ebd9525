import { useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';

/** Projects, datasets and their experiments. */
export function HomePage() {
  const source = useSource();
  const loaded = useLoaded(() => source.home(), []);
  return (
    <Shell title="Experiments" crumbs={[{ title: 'Experiments' }]}>
      <LoadedView of={loaded} what="the experiments">
        {({ experiments }) => (
          <ul>
            {experiments.map(({ id, name }) => (
              <li key={id}>
                <Link to={experimentPath(id)}>
                  <DataText text={name ?? id} />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </LoadedView>
    </Shell>
  );
}
