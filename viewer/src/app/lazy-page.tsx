import type { ComponentType, FunctionComponent } from 'preact';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { Shell } from './shell.js';

/** What fetches the code of each page, in the order of their making. */
const fetches: (() => Promise<unknown>)[] = [];

/**
 * A page whose code is fetched when it is first looked at; a second look finds it at hand. In a single file all code is
 * there, and only the waiting for a promise is left.
 */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  let there: ComponentType<Props> | undefined;
  const fetchIt = async (): Promise<ComponentType<Props>> => {
    there ??= await load().catch(() => {
      throw new Error('No answer: is “secuml serve” still running? Reload the page when it is.');
    });
    return there;
  };
  fetches.push(fetchIt);
  return function LazyPage(props: Props) {
    const loaded = useLoaded(fetchIt, []);
    const There = there;
    if (There !== undefined) return <There {...props} />;
    return (
      <Shell title="secuml" crumbs={[]}>
        <LoadedView of={loaded} what="the page" lines={8}>
          {() => null}
        </LoadedView>
      </Shell>
    );
  };
}

/** Fetches the code of all pages once nothing else is to be done, so that no page has to wait for its own. */
export function fetchPagesAhead(): void {
  const fetchAll = (): void => {
    // One that fails is told of when it is looked at.
    for (const fetchIt of fetches) fetchIt().catch(() => undefined);
  };
  const soon = 'requestIdleCallback' in window ? requestIdleCallback : setTimeout;
  if (document.readyState === 'complete') soon(fetchAll);
  else addEventListener('load', () => soon(fetchAll), { once: true });
}
