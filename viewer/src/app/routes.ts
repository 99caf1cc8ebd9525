/** The two faces of an experiment: what it found, and how it was made. */
export const experimentViews = ['results', 'details'] as const;

export type ExperimentView = (typeof experimentViews)[number];

/** The two faces of the label sets of a dataset: instance by instance, and family by family. */
export const labelViews = ['instances', 'families'] as const;

export type LabelView = (typeof labelViews)[number];

/** The pages there are. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'experiment'; readonly id: string; readonly view: ExperimentView }
  | { readonly page: 'compare' }
  | { readonly page: 'labels'; readonly project: string; readonly dataset: string; readonly view: LabelView }
  | { readonly page: 'loop'; readonly id: string }
  | { readonly page: 'iteration'; readonly id: string; readonly iteration: number }
  | { readonly page: 'unknown' };

export const homePath = '/';
export const comparePath = '/compare';

export const experimentPath = (id: string, view: ExperimentView = 'results'): string =>
  `/experiments/${encodeURIComponent(id)}${view === 'results' ? '' : `/${view}`}`;

/** The labels of a dataset; the set and what is shown of it are in the query. */
export const labelsPath = (project: string, dataset: string, view: LabelView = 'instances'): string =>
  `/labels/${encodeURIComponent(project)}/${encodeURIComponent(dataset)}${view === 'instances' ? '' : `/${view}`}`;

/** The page where a loop's queries are answered. */
export const loopPath = (id: string): string => `/loops/${encodeURIComponent(id)}`;

/** One of its iterations: queries and model. */
export const iterationPath = (id: string, iteration: number): string => `${loopPath(id)}/iterations/${iteration}`;

/** The page that a path names. */
export function routeOf(path: string): Route {
  if (path === homePath) return { page: 'home' };
  if (path === comparePath) return { page: 'compare' };
  return labelsRoute(path) ?? loopRoute(path) ?? experimentRoute(path) ?? { page: 'unknown' };
}

function experimentRoute(path: string): Route | null {
  const [, id, view = 'results'] = /^\/experiments\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  const known = experimentViews.find((name) => name === view);
  const decoded = id === undefined ? null : decode(id);
  return decoded === null || known === undefined ? null : { page: 'experiment', id: decoded, view: known };
}

function loopRoute(path: string): Route | null {
  const [, id, iteration] = /^\/loops\/([^/]+)(?:\/iterations\/([1-9]\d{0,8}))?\/?$/.exec(path) ?? [];
  const decoded = id === undefined ? null : decode(id);
  if (decoded === null) return null;
  return iteration === undefined
    ? { page: 'loop', id: decoded }
    : { page: 'iteration', id: decoded, iteration: Number(iteration) };
}

function labelsRoute(path: string): Route | null {
  const [, project, dataset, view = 'instances'] = /^\/labels\/([^/]+)\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
  const known = labelViews.find((name) => name === view);
  if (project === undefined || known === undefined) return null;
  const names = [decode(project), decode(dataset)];
  return names[0] === null || names[1] === null
    ? null
    : { page: 'labels', project: names[0], dataset: names[1], view: known };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
