import type { ComponentChildren } from 'preact';

export interface SortState {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** What the column means, on hover. */
  readonly hint?: string;
  /** At least so many pixels. */
  readonly width: number;
  /** Share of the room that is left; 0 by default. */
  readonly grow?: number;
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end' | 'center';
  /** Where rows can be sorted by it: the direction of the first click. */
  readonly sorts?: 'ascending' | 'descending';
  /** 0 (the default) is never left out; of the others the largest goes first when room is short. */
  readonly priority?: number;
  /** In place of the title: a box that chooses all. */
  readonly head?: ComponentChildren;
  readonly cell: (row: Row, index: number) => ComponentChildren;
}

/** Room between columns plus the row's own at both ends; the same in tables.css. */
const gap = 12;
const edges = 24;

/** The columns for a frame of `width` pixels (0: not known yet, all), and their CSS grid. */
export function columnsThatFit<Row>(
  all: readonly TableColumn<Row>[],
  width: number,
): { columns: TableColumn<Row>[]; leftOut: string[]; template: string; minimum: number } {
  const columns = [...all];
  const leftOut: string[] = [];
  const minimumOf = (): number => columns.reduce((sum, column) => sum + column.width + gap, edges - gap);
  if (width === 0) return { columns, leftOut, template: templateOf(columns), minimum: minimumOf() };
  while (minimumOf() > width) {
    const least = columns.reduce((worst, { priority = 0 }) => Math.max(worst, priority), 0);
    if (least === 0) break;
    const at = columns.findLastIndex(({ priority = 0 }) => priority === least);
    const [{ title }] = columns.splice(at, 1);
    // What has no title, such as a bar, only draws what stands beside it.
    if (title !== '') leftOut.unshift(title);
  }
  return { columns, leftOut, template: templateOf(columns), minimum: minimumOf() };
}

const templateOf = (columns: readonly { readonly width: number; readonly grow?: number }[]): string =>
  columns.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)).join(' ');

interface HeaderRowProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  readonly sort: SortState | undefined;
  readonly onSort: ((sort: SortState) => void) | undefined;
}

/** The titles; those that rows can be sorted by are buttons. */
export function HeaderRow<Row>({ columns, template, sort, onSort }: HeaderRowProps<Row>) {
  return (
    <div role="row" aria-rowindex={1} class="virtual-row head" style={{ gridTemplateColumns: template }}>
      {columns.map(({ key, title, hint, align = 'start', sorts, head }) => {
        const direction = sort?.key === key ? sort.direction : undefined;
        const sortable = sorts !== undefined && onSort !== undefined;
        return (
          <div
            key={key}
            role="columnheader"
            class={`cell ${align}`}
            title={hint}
            aria-sort={sortable ? (direction ?? 'none') : undefined}
          >
            {sortable ? (
              <button
                type="button"
                class="sort"
                onClick={() => onSort({ key, direction: nextDirection(direction, sorts) })}
              >
                {title}
                {direction !== undefined && (
                  <span aria-hidden="true" class="sort-shape">
                    {direction === 'ascending' ? '▴' : '▾'}
                  </span>
                )}
              </button>
            ) : (
              (head ?? title)
            )}
          </div>
        );
      })}
    </div>
  );
}

const nextDirection = (
  now: SortState['direction'] | undefined,
  first: SortState['direction'],
): SortState['direction'] => (now === undefined ? first : now === 'ascending' ? 'descending' : 'ascending');
