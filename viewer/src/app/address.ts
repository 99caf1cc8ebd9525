import { signal, type ReadonlySignal } from '@preact/signals';

/** Where the person is: everything that a link, a reload or the back button restores. */
export interface Address {
  /** Starts with a slash; not yet decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** How a change of address is remembered: as a step to go back to, or in place of the present one. */
export type Remember = 'push' | 'replace';

/** Browsers refuse more than a few hundred changes of their history in half a minute: dragging a slider makes more. */
const settleMilliseconds = 250;

export interface Router {
  readonly address: ReadonlySignal<Address>;
  /** What an anchor needs to lead to a path with its query. */
  href(to: string): string;
  go(to: string, remember?: Remember): void;
  /** Changes the query of the present page; seen at once, remembered by the browser when it has settled. */
  setQuery(query: URLSearchParams, remember?: Remember): void;
}

/**
 * The router over the browser's address: over its path when served, over its fragment in a single file, which has no
 * paths of its own.
 */
export function createRouter(where: 'path' | 'fragment'): Router {
  const read = (): Address => {
    if (where === 'path') return { path: location.pathname, query: new URLSearchParams(location.search) };
    const [path, query] = splitOnce(location.hash.slice(1), '?');
    return { path: path || '/', query: new URLSearchParams(query) };
  };
  const href = (to: string): string => (where === 'path' ? to : `#${to}`);
  const address = signal(read());
  let unsettled: ReturnType<typeof setTimeout> | undefined;

  const settle = (): void => {
    if (unsettled === undefined) return;
    clearTimeout(unsettled);
    unsettled = undefined;
    history.replaceState(null, '', href(format(address.value)));
  };
  const reread = (): void => {
    clearTimeout(unsettled);
    unsettled = undefined;
    const now = read();
    if (format(now) !== format(address.value)) address.value = now;
  };
  const go = (to: string, remember: Remember = 'push'): void => {
    const [path, query] = splitOnce(to, '?');
    const next = { path: path || '/', query: new URLSearchParams(query) };
    if (format(next) === format(address.value)) return;
    if (remember === 'push') {
      settle();
      history.pushState(null, '', href(format(next)));
    } else {
      clearTimeout(unsettled);
      unsettled = setTimeout(settle, settleMilliseconds);
    }
    address.value = next;
  };

  addEventListener('popstate', reread);
  addEventListener('hashchange', reread);
  addEventListener('pagehide', settle);
  return {
    address,
    href,
    go,
    setQuery: (query, remember = 'replace') => go(format({ path: address.value.path, query }), remember),
  };
}

const format = ({ path, query }: Address): string => (query.size === 0 ? path : `${path}?${query}`);

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
