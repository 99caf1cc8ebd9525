import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { formatCount } from '../text/numbers.js';
import { MessageText } from './message-text.js';
import { messageOf, Notice } from './notice.js';
import type { LoadRows } from './row-pages.js';
import { columnsThatFit, HeaderRow, type SortState, type TableColumn } from './table-columns.js';
import { useRowPages } from './use-row-pages.js';
import { useWidth } from './use-width.js';
import { VirtualRow } from './virtual-row.js';
import { layoutRows, scrollToRow } from './virtual-rows.js';

export type { SortState, TableColumn } from './table-columns.js';

export interface VirtualTableProps<Row> {
  /** What the rows are, read out and shown when there is none: `predictions`. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  /** Answers for the present sorting and filter; `rowsAtHand(rows)` for a list already here. */
  readonly load: LoadRows<Row>;
  /** Names the present sorting and filter: when it changes, the rows are asked for anew. */
  readonly question: string;
  readonly rowKey: (row: Row) => string;
  readonly sort?: SortState;
  readonly onSort?: (sort: SortState) => void;
  /** Click or Enter on a row. */
  readonly onOpen?: (row: Row) => void;
  /** Space on the marked row: chooses it, where rows can be chosen. */
  readonly onMark?: (row: Row) => void;
  /** The row that is open elsewhere on the page, or those that are. */
  readonly openKey?: string | null | ReadonlySet<string>;
  /** Rows on show before it scrolls; 18 by default. */
  readonly maxRows?: number;
  /** What is shown in place of rows when there are none. */
  readonly empty?: ComponentChildren;
  /** Beside the count under the table: a cap, a download. */
  readonly foot?: ComponentChildren;
}

const rowHeight = 28;
const spare = 6;

/**
 * A table of any number of rows: those in view are in the page, the rest is fetched as it comes into view. Arrow keys,
 * Page Up and Down, Home and End move the marked row; Enter or a click opens it. Where the columns do not all fit,
 * those of the least priority are left out and named underneath.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, load, question, rowKey, sort, onSort, onOpen, onMark, openKey, maxRows = 18, empty, foot } = props;
  const id = useId();
  const [frame, width] = useWidth<HTMLDivElement>();
  const [scrollTop, setScrollTop] = useState(0);
  const [active, setActive] = useState(0);
  const { pages, stale } = useRowPages(load, question);
  const total = pages.total ?? 0;
  const viewport = Math.min(Math.max(total, 1), maxRows) * rowHeight;
  const virtual = { total, rowHeight, viewport, scrollTop, spare };
  const layout = layoutRows(virtual);
  const { columns, leftOut, template, minimum } = columnsThatFit(props.columns, width);

  useEffect(() => {
    if (pages.error === null) pages.want(layout.first, Math.max(layout.end, 1));
  });
  const shownPages = useRef(pages);
  if (shownPages.current !== pages) {
    shownPages.current = pages;
    // Another question starts at its first row.
    if (frame.current !== null) frame.current.scrollTop = 0;
    if (scrollTop !== 0) setScrollTop(0);
    if (active !== 0) setActive(0);
  }

  const moveTo = (row: number): void => {
    const to = Math.min(Math.max(0, total - 1), Math.max(0, row));
    setActive(to);
    if (frame.current !== null) frame.current.scrollTop = scrollToRow(virtual, to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    const row = pages.row(active);
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (event.key === ' ' && row !== undefined && onMark !== undefined) onMark(row);
    else return;
    event.preventDefault();
  };

  if (pages.error !== null) {
    return (
      <Notice kind="error" title={`Cannot show the ${label}`}>
        <MessageText text={messageOf(pages.error)} />
        <button type="button" onClick={() => pages.again()}>
          Try again
        </button>
      </Notice>
    );
  }
  const indexes = Array.from({ length: Math.max(0, layout.end - layout.first) }, (_, i) => layout.first + i);
  return (
    <div class="virtual-table" data-stale={stale || undefined}>
      <div
        ref={frame}
        class="virtual-frame"
        role="grid"
        aria-label={label}
        aria-rowcount={pages.total === null ? -1 : total + 1}
        aria-colcount={columns.length}
        aria-busy={stale || pages.total === null}
        aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        style={{ height: `${viewport + rowHeight + 2}px` }}
        onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" class="virtual-head" style={{ minWidth: `${minimum}px` }}>
          <HeaderRow columns={columns} template={template} sort={sort} onSort={onSort} />
        </div>
        <div role="rowgroup" class="virtual-body" style={{ height: `${layout.height}px`, minWidth: `${minimum}px` }}>
          {indexes.map((index) => (
            <VirtualRow
              key={index}
              id={`${id}-${index}`}
              index={index}
              row={pages.row(index)}
              columns={columns}
              template={template}
              top={layout.top(index)}
              active={index === active}
              isOpen={openKey === undefined ? undefined : (row) => isAmong(rowKey(row), openKey)}
              onMove={setActive}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      {pages.total === 0 && (empty ?? <Notice kind="empty" title={`No ${label}`} />)}
      <div class="table-foot">
        <span>{pages.total === null ? 'counting …' : `${formatCount(total)} ${label}`}</span>
        {leftOut.length > 0 && <span>No room for: {leftOut.join(', ')}</span>}
        {foot}
      </div>
    </div>
  );
}

const isAmong = (key: string, open: string | null | ReadonlySet<string>): boolean =>
  typeof open === 'object' && open !== null ? open.has(key) : key === open;
