import type { TableColumn } from './table-columns.js';

interface VirtualRowProps<Row> {
  readonly id: string;
  readonly index: number;
  /** Undefined while it is on its way. */
  readonly row: Row | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly isOpen: ((row: Row) => boolean) | undefined;
  readonly onMove: (index: number) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
}

/** One row of a VirtualTable, at its place. */
export function VirtualRow<Row>(props: VirtualRowProps<Row>) {
  const { id, index, row, columns, template, top, active, isOpen, onMove, onOpen } = props;
  const classes = ['virtual-row', index % 2 === 1 && 'odd', active && 'active', onOpen !== undefined && 'opens'];
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row === undefined ? undefined : isOpen?.(row)}
      class={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
      onClick={({ target }) => {
        onMove(index);
        // A link or a box in the row means itself.
        const inside = target instanceof Element && target.closest('a, button, input, label');
        if (row !== undefined && !inside) onOpen?.(row);
      }}
    >
      {columns.map(({ key, align = 'start', cell }) => (
        <div key={key} role="gridcell" class={`cell ${align}`}>
          {row === undefined ? <span class="cell-waiting" /> : cell(row, index)}
        </div>
      ))}
    </div>
  );
}
