/** Rows that came with one question. */
export interface RowsOfPage<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export type LoadRows<Row> = (offset: number, limit: number) => Promise<RowsOfPage<Row>>;

const pageSize = 100;
/** Pages kept: enough for any screen, little memory however long somebody scrolls. */
const pagesKept = 40;

/**
 * The rows of a list, fetched by pages as they come into view. Another question replaces it by another RowPages; answers
 * to the old one are then nobody's.
 */
export class RowPages<Row> {
  private readonly pages = new Map<number, readonly Row[] | 'asked'>();
  /** Null until the first answer. */
  total: number | null = null;
  error: unknown = null;

  constructor(
    private readonly load: LoadRows<Row>,
    private readonly changed: () => void,
  ) {}

  row(index: number): Row | undefined {
    const page = this.pages.get(Math.floor(index / pageSize));
    return page === undefined || page === 'asked' ? undefined : page[index % pageSize];
  }

  /** Asks for the pages of these rows that nobody has asked for yet. */
  want(first: number, end: number): void {
    const last = Math.max(first, end - 1);
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) {
      if (!this.pages.has(page)) void this.fetch(page);
    }
  }

  /** Forgets what failed, so that it is asked for again. */
  again(): void {
    this.error = null;
    this.changed();
  }

  private async fetch(page: number): Promise<void> {
    this.pages.set(page, 'asked');
    try {
      const { total, rows } = await this.load(page * pageSize, pageSize);
      this.total = total;
      this.pages.set(page, rows);
      this.forgetOldest();
    } catch (error) {
      this.pages.delete(page);
      this.error = error;
    }
    this.changed();
  }

  private forgetOldest(): void {
    for (const [page, rows] of this.pages) {
      if (this.pages.size <= pagesKept) return;
      if (rows !== 'asked') this.pages.delete(page);
    }
  }
}

/** A list that is already here, as a source of pages. */
export const rowsAtHand =
  <Row>(rows: readonly Row[]): LoadRows<Row> =>
  async (offset, limit) => ({ total: rows.length, rows: rows.slice(offset, offset + limit) });
