import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../text/numbers.js';

export interface FirstRows<Row> {
  readonly shown: readonly Row[];
  /** The button that shows all; null where all are on show. */
  readonly showAll: ComponentChild;
}

/** The first `count` of a list, until somebody asks for all of it: a page stays short where a list may be long. */
export function useFirstRows<Row>(rows: readonly Row[], count: number): FirstRows<Row> {
  const [all, setAll] = useState(false);
  if (all || rows.length <= count) return { shown: rows, showAll: null };
  return {
    shown: rows.slice(0, count),
    showAll: (
      <button type="button" class="small" onClick={() => setAll(true)}>
        {formatCount(count)} on show: show all
      </button>
    ),
  };
}
