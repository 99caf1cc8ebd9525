import { useSignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PredictionRow, RowQuery } from '../../../src/schema/api/rows.js';
import type { PageStore } from '../classification/page-store.js';
import type { LoadRows } from '../components/row-pages.js';
import { formatCount } from '../text/numbers.js';

export interface ListedRows {
  /** Names what is asked for; another one asks for the rows anew. */
  readonly question: string;
  readonly load: LoadRows<PredictionRow>;
  /** Where a file keeps fewer rows than there are: how many and why. */
  readonly foot: ComponentChild;
}

/**
 * The rows that a page's list of instances shows; the page is told what is listed, so that next and previous of an open
 * instance go through them in the same order. `what` the rows are called: `predictions`.
 */
export function useListedRows(store: PageStore, query: Partial<RowQuery>, what: string): ListedRows {
  const question = JSON.stringify(query);
  useEffect(() => {
    store.listed.value = query;
  }, [question]);
  const cap = useSignal<string | null>(null);
  return {
    question,
    load: async (offset, limit) => {
      const page = await store.source.rows(store.id, { ...query, offset, limit });
      cap.value = page.cap
        ? `this file keeps ${formatCount(page.cap.kept)} of ${formatCount(page.cap.of)} ${what}: ${page.cap.why}`
        : null;
      return page;
    },
    foot: cap.value === null ? undefined : <span>{cap.value}</span>,
  };
}
