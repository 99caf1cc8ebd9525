import type { LabelFilter, LabelledInstance, LabelPage, LabelQuery, LabelSortColumn } from '../schema/api/labels.js';
import { radixSort, rowNumbers } from './radix-sort.js';
import { type RowTexts, textsOf } from './row-texts.js';
import { textRanks } from './text-ranks.js';
import { TextSearch } from './text-search.js';

type TextColumn = 'instanceId' | 'ident' | 'family' | 'author';

/** Where a text is looked for. */
const searched: readonly TextColumn[] = ['instanceId', 'ident', 'family'];

/**
 * Answers queries on the labelled instances of a set as they stand. What a query needed is kept: another page is a copy,
 * another filter a scan in an order already known. Filters and orders of 100,000 instances: see bench/label-rows.mjs.
 */
export class LabelRows {
  private readonly orders = new Map<LabelSortColumn, Uint32Array>();
  private readonly texts = new Map<TextColumn, RowTexts>();
  private readonly searches = new Map<TextColumn, TextSearch>();

  constructor(private readonly rows: readonly LabelledInstance[]) {}

  /** A page of the instances that a query leaves, in its order, and how many it leaves in all. */
  page({ sort, direction, offset, limit, ...filter }: LabelQuery): LabelPage {
    const marks = this.marks(filter);
    const ascending = this.order(sort);
    const n = ascending.length;
    const page: LabelledInstance[] = [];
    let total = 0;
    for (let i = 0; i < n; i++) {
      const row = ascending[direction === 'ascending' ? i : n - 1 - i];
      if (marks[row] === 0) continue;
      if (total >= offset && page.length < limit) page.push(this.rows[row]);
      total++;
    }
    return { total, rows: page };
  }

  /** All instances by a column: texts by code points, equal ones by the number of their answer. */
  private order(column: LabelSortColumn): Uint32Array {
    const known = this.orders.get(column);
    if (known) return known;
    const order = column === 'n' ? rowNumbers(this.rows.length) : this.order('n').slice();
    const keys = this.keys(column);
    radixSort(
      Uint32Array.from(order, (row) => keys[row]),
      order,
    );
    this.orders.set(column, order);
    return order;
  }

  private keys(column: LabelSortColumn): Uint32Array {
    switch (column) {
      case 'n':
        return Uint32Array.from(this.rows, ({ n }) => n);
      case 'label':
        return Uint32Array.from(this.rows, ({ label }) => (label === 'benign' ? 0 : 1));
      default:
        return textRanks(this.text(column));
    }
  }

  private text(column: TextColumn): RowTexts {
    const known = this.texts.get(column) ?? textsOf(this.rows.map((row) => row[column] ?? ''));
    this.texts.set(column, known);
    return known;
  }

  private search(column: TextColumn): TextSearch {
    const known = this.searches.get(column) ?? new TextSearch(this.text(column));
    this.searches.set(column, known);
    return known;
  }

  private marks({ label, family, unnamed, author, text }: LabelFilter): Uint8Array {
    const { rows } = this;
    const marks = new Uint8Array(rows.length);
    if (text) for (const column of searched) this.search(column).mark(text, marks);
    else marks.fill(1);
    for (let row = 0; row < rows.length; row++) {
      const one = rows[row];
      const left =
        (label === undefined || one.label === label) &&
        (family === undefined || one.family === family) &&
        (unnamed === undefined || (one.family === null) === unnamed) &&
        (author === undefined || (one.author ?? '') === author);
      if (!left) marks[row] = 0;
    }
    return marks;
  }
}
