import * as Plot from '@observablehq/plot';
import { percentTick } from './axis-text.js';
import { plotElement, type PlotElement, shareAxis, type Size, ticksAcross } from './plot-element.js';

/** A figure in a span of time; times are milliseconds. */
export interface DecayPoint {
  readonly from: number;
  readonly until: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
}

export interface DecayDrawing extends Size {
  readonly points: readonly DecayPoint[];
  readonly yLabel: string;
  /** The mean height of the course, as a line; null where there is none. */
  readonly area: number | null;
}

/** A figure span by span: each span a step with its interval, their middles joined. */
export function drawDecay({ points, yLabel, area, width, height }: DecayDrawing): PlotElement {
  const known = points.flatMap(({ from, until, value, low, high, text }) =>
    value === null
      ? []
      : [{ x1: new Date(from), x2: new Date(until), x: new Date((from + until) / 2), value, low, high, text }],
  );
  const bounded = known.filter(({ low, high }) => low !== null && high !== null);
  return plotElement({
    width,
    height,
    x: {
      type: 'utc',
      label: 'time (UTC)',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [new Date(points[0].from), new Date(points[points.length - 1].until)],
      ticks: ticksAcross(width),
    },
    y: { ...shareAxis, label: yLabel, labelAnchor: 'top', tickFormat: percentTick, ticks: 5 },
    marks: [
      ...(area === null ? [] : [Plot.ruleY([area], { stroke: 'var(--uncertain)', strokeDasharray: '5 4' })]),
      Plot.rect(bounded, {
        x1: 'x1',
        x2: 'x2',
        y1: 'low',
        y2: 'high',
        fill: 'var(--all-soft)',
        insetLeft: 1,
        insetRight: 1,
      }),
      Plot.line(known, { x: 'x', y: 'value', stroke: 'var(--chart-strong)', strokeWidth: 1, strokeOpacity: 0.6 }),
      Plot.ruleY(known, { y: 'value', x1: 'x1', x2: 'x2', stroke: 'var(--chart-strong)', strokeWidth: 3 }),
      Plot.dot(known, { x: 'x', y: 'value', r: 3, fill: 'var(--chart-strong)' }),
      Plot.tip(known, Plot.pointerX({ x: 'x', y: 'value', title: 'text', fontSize: 12 })),
    ],
  });
}
