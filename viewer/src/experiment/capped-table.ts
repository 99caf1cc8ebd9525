import type { ComponentChildren } from 'preact';
import type { ChartTable } from '../components/chart-frame.js';
import { formatCount } from '../text/numbers.js';

/** Rows that a table shows; the files have them all. */
const most = 500;

/** A table of `total` rows, of which the first are made; the note says so. */
export function capped(
  columns: readonly string[],
  total: number,
  row: (at: number) => readonly ComponentChildren[],
): ChartTable {
  return {
    columns,
    rows: Array.from({ length: Math.min(total, most) }, (_, at) => row(at)),
    ...(total > most && { note: `The first ${formatCount(most)} of ${formatCount(total)} rows.` }),
  };
}
