/** The two faces of an experiment: what it found, and how it was made. */
export const experimentViews = ['results', 'details'] as const;

export type ExperimentView = (typeof experimentViews)[number];

/** The pages there are. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'experiment'; readonly id: string; readonly view: ExperimentView }
  | { readonly page: 'compare' }
  | { readonly page: 'unknown' };

export const homePath = '/';
export const comparePath = '/compare';

export const experimentPath = (id: string, view: ExperimentView = 'results'): string =>
  `/experiments/${encodeURIComponent(id)}${view === 'results' ? '' : `/${view}`}`;

/** The page that a path names. */
export function routeOf(path: string): Route {
  if (path === homePath) return { page: 'home' };
  if (path === comparePath) return { page: 'compare' };
  const [, id, view = 'results'] = /^\/experiments\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  const known = experimentViews.find((name) => name === view);
  const decoded = id === undefined ? null : decode(id);
  return decoded === null || known === undefined
    ? { page: 'unknown' }
    : { page: 'experiment', id: decoded, view: known };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
