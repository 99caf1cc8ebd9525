import type { ComponentType, FunctionComponent } from 'preact';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { Shell } from './shell.js';

/**
 * A page whose code is fetched when it is first looked at; a second look finds it at hand. In a single file all code is
 * there, and only the waiting for a promise is left.
 */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  let there: ComponentType<Props> | undefined;
  return function LazyPage(props: Props) {
    const loaded = useLoaded(async () => (there ??= await load()), []);
    const There = there;
    if (There !== undefined) return <There {...props} />;
    return (
      <Shell title="secuml" crumbs={[]}>
        <LoadedView of={loaded} what="the page: reload it" lines={8}>
          {() => null}
        </LoadedView>
      </Shell>
    );
  };
}
