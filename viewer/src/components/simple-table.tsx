import type { ComponentChildren } from 'preact';
import { useOverflow } from './use-overflow.js';

export interface SimpleColumn<Row> {
  readonly key: string;
  readonly title: ComponentChildren;
  /** Numbers stand at the end. */
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row, index: number) => ComponentChildren;
  /** This column names the row. */
  readonly heads?: boolean;
}

export interface SimpleTableProps<Row> {
  /** Read out, not shown. */
  readonly caption: string;
  readonly columns: readonly SimpleColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey?: (row: Row, index: number) => string | number;
  readonly rowClass?: (row: Row) => string | undefined;
}

/** A table of some rows, all in the page; VirtualTable is for thousands. A wide one scrolls inside its own frame. */
export function SimpleTable<Row>({ caption, columns, rows, rowKey, rowClass }: SimpleTableProps<Row>) {
  const [frame, scrolls] = useOverflow<HTMLDivElement>();
  return (
    <div
      ref={frame}
      class="table-frame"
      role={scrolls ? 'region' : undefined}
      aria-label={scrolls ? caption : undefined}
      // What scrolls must be within reach of the keyboard; what does not is no stop of the Tab key.
      tabIndex={scrolls ? 0 : undefined}
    >
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, align = 'start' }) => (
              <th key={key} scope="col" class={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey?.(row, index) ?? index} class={rowClass?.(row)}>
              {columns.map(({ key, align = 'start', cell, heads = false }) =>
                heads ? (
                  <th key={key} scope="row" class={align}>
                    {cell(row, index)}
                  </th>
                ) : (
                  <td key={key} class={align}>
                    {cell(row, index)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
