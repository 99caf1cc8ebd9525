import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { SimpleTable } from './simple-table.js';
import { useWidth } from './use-width.js';

/** The data behind a chart, as a table: every number that the chart shows. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** How it was shortened, in plain words. */
  readonly note?: string;
}

/** A chart as Plot drew it: the SVG, and the scales to place things by. */
export interface DrawnChart {
  readonly svg: SVGSVGElement;
  readonly width: number;
  /** Pixels of a value on an axis. */
  scale(axis: 'x' | 'y', value: number): number;
  /** The value under a pixel, on a continuous axis. */
  invert(axis: 'x' | 'y', pixel: number): number;
}

export interface ChartFrameProps {
  /** What the chart says, in a sentence: read out in its place. */
  readonly summary: string;
  /** Pixels, given the width. 260 by default. */
  readonly height?: number | ((width: number) => number);
  /** Draws for a size; Plot.plot({ width, height, … }). Colours by CSS variables: `fill: 'var(--malicious)'`. */
  readonly draw: (size: { readonly width: number; readonly height: number }) => Element;
  /** Draws again when one of them changes. */
  readonly inputs: readonly unknown[];
  /** Moves what follows a slider, in the drawn chart: called after drawing and whenever one of `following` changes. */
  readonly follow?: (chart: DrawnChart) => void;
  readonly following?: readonly unknown[];
  readonly table: () => ChartTable;
  /** Under the chart: key to shapes and colours, caps. */
  readonly legend?: ComponentChildren;
  /** Beside the button that shows the table: axis switches. */
  readonly actions?: ComponentChildren;
}

interface PlotScale {
  apply(value: number): number;
  invert?(pixel: number): number;
}

/** A chart drawn by Plot to its frame's width, with its data one button away as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { summary, height = 260, draw, inputs, follow, following = [], table, legend, actions } = props;
  const [asTable, setAsTable] = useState(false);
  const [frame, width] = useWidth<HTMLDivElement>();
  const chart = useRef<DrawnChart | null>(null);
  const pixels = typeof height === 'function' ? height(width) : height;

  useEffect(() => {
    if (asTable || frame.current === null || width === 0) return;
    const drawn = draw({ width, height: pixels });
    // Plot's own style element would break a strict content security policy: its rules are in charts.css.
    for (const style of drawn.querySelectorAll('style')) style.remove();
    frame.current.replaceChildren(drawn);
    chart.current = readChart(drawn, width);
    if (chart.current !== null) follow?.(chart.current);
  }, [...inputs, width, pixels, asTable]);
  useEffect(() => {
    if (chart.current !== null && !asTable) follow?.(chart.current);
  }, following);

  return (
    <div class="chart-frame">
      <div class="chart-actions">
        {actions}
        <button type="button" class="small quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </button>
      </div>
      {asTable ? (
        <div style={{ height: `${pixels}px` }} class="chart-table">
          <TableOf table={table()} caption={summary} />
        </div>
      ) : (
        <div role="img" aria-label={summary} style={{ minHeight: `${pixels}px` }}>
          <div ref={frame} class="chart" aria-hidden="true" />
        </div>
      )}
      {legend !== undefined && <div class="chart-legend">{legend}</div>}
    </div>
  );
}

function TableOf({ table, caption }: { readonly table: ChartTable; readonly caption: string }) {
  return (
    <>
      <SimpleTable<readonly ComponentChildren[]>
        caption={caption}
        rows={table.rows}
        columns={table.columns.map((title, column) => ({
          key: title,
          title,
          align: typeof table.rows[0]?.[column] === 'number' || column > 0 ? ('end' as const) : ('start' as const),
          cell: (row) => row[column],
        }))}
      />
      {table.note !== undefined && <p class="panel-note">{table.note}</p>}
    </>
  );
}

function readChart(drawn: Element, width: number): DrawnChart | null {
  const svg =
    drawn instanceof SVGSVGElement ? drawn : drawn.querySelector<SVGSVGElement>('svg:not([class*="-swatch"])');
  if (svg === null) return null;
  const find = (axis: 'x' | 'y'): PlotScale => {
    const scale = (drawn as Element & { scale?(name: string): PlotScale | undefined }).scale?.(axis);
    if (scale === undefined) throw new Error(`the chart has no ${axis} axis`);
    return scale;
  };
  return {
    svg,
    width,
    scale: (axis, value) => find(axis).apply(value),
    invert: (axis, pixel) => find(axis).invert?.(pixel) ?? Number.NaN,
  };
}
