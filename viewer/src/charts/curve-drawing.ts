import * as Plot from '@observablehq/plot';
import { percentTick } from './axis-text.js';
import { plotElement, type PlotElement, shareAxis, type Size, ticksAcross } from './plot-element.js';

/** A curve over shares; columns of one length. */
export interface CurveLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The one to read; the others stand thin behind it. */
  readonly strong: boolean;
}

/** A point that can be had, with what to say of it. */
export interface CurveStop {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface CurveDrawing extends Size {
  readonly lines: readonly CurveLine[];
  /** Told when the pointer is near. */
  readonly stops: readonly CurveStop[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The axis of x begins here and is logarithmic; null for a linear one from 0. */
  readonly logFrom: number | null;
  /** What a model without any skill looks like: the diagonal, or a height. */
  readonly chance: 'diagonal' | number | null;
  /** A click near a stop, by its place in `stops`. */
  readonly onStop?: (stop: number) => void;
}

/** Curves of shares in [0, 1] × [0, 1]. */
export function drawCurves(drawing: CurveDrawing): PlotElement {
  const { lines, stops, xLabel, yLabel, logFrom, chance, onStop, width, height } = drawing;
  // Zero has no place on a logarithmic axis: it stands at its left end.
  const place = (x: number): number => (logFrom === null ? x : Math.max(x, logFrom));
  const line = ({ x, y }: CurveLine, style: Plot.LineOptions): Plot.Markish =>
    Plot.line(
      x.map((value, i) => [place(value), y[i]]),
      style,
    );
  const plot = plotElement({
    width,
    height,
    x: {
      ...shareAxis,
      label: xLabel,
      labelAnchor: 'center',
      type: logFrom === null ? 'linear' : 'log',
      domain: [logFrom ?? 0, 1],
      tickFormat: percentTick,
      ticks: logFrom === null ? ticksAcross(width) : decades(logFrom),
    },
    y: { ...shareAxis, label: yLabel, labelAnchor: 'top', tickFormat: percentTick, ticks: 5 },
    marks: [
      ...chanceMark(chance, logFrom),
      ...lines.filter(({ strong }) => !strong).map((of) => line(of, { stroke: 'var(--chart-thin)', strokeWidth: 1 })),
      ...lines
        .filter(({ strong }) => strong)
        .map((of) => line(of, { stroke: 'var(--chart-strong)', strokeWidth: 2.25, strokeLinejoin: 'round' })),
      Plot.tip(
        stops,
        Plot.pointer({ x: (stop: CurveStop) => place(stop.x), y: 'y', title: 'text', maxRadius: 30, fontSize: 12 }),
      ),
    ],
  });
  if (onStop) listenForStops(plot, stops, place, onStop);
  return plot;
}

/** So far from a stop, in pixels, a click still means it. */
const reach = 40;

function listenForStops(
  plot: PlotElement,
  stops: readonly CurveStop[],
  place: (x: number) => number,
  onStop: (stop: number) => void,
): void {
  const [x, y] = [plot.scale('x'), plot.scale('y')];
  if (!x || !y) return;
  plot.classList.add('has-stops');
  plot.addEventListener('click', (event: Event) => {
    if (!(event instanceof MouseEvent)) return;
    const { left, top } = plot.getBoundingClientRect();
    const distances = stops.map((stop) =>
      Math.hypot(Number(x.apply(place(stop.x))) - event.clientX + left, Number(y.apply(stop.y)) - event.clientY + top),
    );
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest >= 0 && distances[nearest] <= reach) onStop(nearest);
  });
}

function chanceMark(chance: CurveDrawing['chance'], logFrom: number | null): Plot.Markish[] {
  const style = { stroke: 'var(--chart-thin)', strokeDasharray: '3 4' };
  if (chance === null) return [];
  if (typeof chance === 'number') return [Plot.ruleY([chance], style)];
  const from = logFrom ?? 0;
  // A straight line on linear axes is none on a logarithmic one.
  const steps = Array.from({ length: 65 }, (_, i) => (logFrom === null ? i / 64 : from ** (1 - i / 64)));
  return [
    Plot.line(
      steps.map((x) => [x, x]),
      style,
    ),
  ];
}

/** 0.001, 0.01, … 1 above `from`. */
function decades(from: number): number[] {
  const lowest = Math.ceil(Math.log10(from));
  return Array.from({ length: 1 - lowest }, (_, i) => Number((10 ** (lowest + i)).toPrecision(1)));
}
