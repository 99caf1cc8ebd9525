import type { RowFilter, RowGroups, RowQuery, RowSortColumn } from '../schema/api/rows.js';
import type { RowColumns } from './row-columns.js';
import { rowGroups } from './row-groups.js';
import { rowNumbers } from './radix-sort.js';
import { markRows } from './row-filter.js';
import { type SortDirection, sortedRows } from './sorted-rows.js';
import { TextSearch } from './text-search.js';

/** So many orders, text matches and lists of rows are kept, each at most 4 bytes a row. */
const kept = { orders: 10, texts: 4, lists: 4 };

/**
 * Answers queries on predictions of n rows: numeric sorts and filters within 100 ms for 1,000,000 rows. What a query
 * needed is kept, so that paging is a copy and another filter or threshold a scan in an order already known.
 */
export class RowIndex {
  private readonly ids: TextSearch;
  private readonly idents: TextSearch;
  private readonly orders = new RecentlyUsed<Uint32Array>(kept.orders);
  private readonly texts = new RecentlyUsed<Uint8Array>(kept.texts);
  private readonly lists = new RecentlyUsed<Uint32Array>(kept.lists);

  constructor(readonly columns: RowColumns) {
    this.ids = new TextSearch(columns.instanceId);
    this.idents = new TextSearch(columns.ident);
  }

  /** A page of the rows that the query leaves, in its order, and how many it leaves in all. */
  page(query: RowQuery): { total: number; rows: Uint32Array } {
    const { sort, direction, offset, limit, ...filter } = query;
    const rows = this.select(filter, sort, direction);
    return { total: rows.length, rows: rows.slice(offset, offset + limit) };
  }

  /**
   * All rows that a filter leaves, sorted (see sortedRows). Not to be changed by the caller.
   * Throws UserError where the filter wants a threshold and has none.
   */
  select(filter: RowFilter, sort: RowSortColumn, direction: SortDirection): Uint32Array {
    const key = JSON.stringify([sort, direction, Object.entries(filter).sort()]);
    return this.lists.get(key, () => {
      const order = this.orders.get(`${sort} ${direction}`, () => sortedRows(this.columns, sort, direction));
      return takeMarked(order, this.marks(filter));
    });
  }

  /** How many rows a filter leaves. */
  count(filter: RowFilter): number {
    return countMarked(this.marks(filter));
  }

  /** What a filter leaves, by label and family. */
  groups(filter: RowFilter): RowGroups {
    const { label, family, rows } = this.columns;
    return rowGroups(label, family)(takeMarked(rowNumbers(rows), this.marks(filter)));
  }

  /** 1 for each row that a filter leaves, 0 for the others. */
  marks(filter: RowFilter): Uint8Array {
    const { text } = filter;
    if (!text) return markRows(this.columns, filter);
    const matches = this.texts.get(text, () => {
      const marks = new Uint8Array(this.columns.rows);
      this.ids.mark(text, marks);
      this.idents.mark(text, marks);
      return marks;
    });
    return markRows(this.columns, filter, matches);
  }
}

function countMarked(marks: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i];
  return count;
}

function takeMarked(order: Uint32Array, marks: Uint8Array): Uint32Array {
  const rows = new Uint32Array(countMarked(marks));
  for (let i = 0, k = 0; k < rows.length; i++) {
    const row = order[i];
    rows[k] = row;
    k += marks[row];
  }
  return rows;
}

/** A map that forgets what was longest not asked for. */
class RecentlyUsed<T> {
  private readonly entries = new Map<string, T>();

  constructor(private readonly capacity: number) {}

  get(key: string, make: () => T): T {
    const found = this.entries.get(key) ?? make();
    this.entries.delete(key);
    this.entries.set(key, found);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value as string);
    return found;
  }
}
