import type { PageStore } from './page-store.js';
import { partTitle } from './parts.js';

/** Leads to a part of the experiment: a fold, a period. */
export function PartButton({ part, store }: { readonly part: string; readonly store: PageStore }) {
  return (
    <button type="button" class="link" onClick={() => store.change({ part }, 'push')}>
      {partTitle(part)}
    </button>
  );
}
