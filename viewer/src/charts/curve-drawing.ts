import * as Plot from '@observablehq/plot';
import { percentTick } from './axis-text.js';
import { type DrawnPlot, drawPlot } from './drawn-plot.js';

/** A curve over shares; columns of one length. */
export interface CurveLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The one to read; the others stand thin behind it. */
  readonly strong: boolean;
  /** Is the way from point to point to be drawn as a staircase (nothing between two points can be had)? */
  readonly stairs: boolean;
}

export interface CurveDrawing {
  readonly lines: readonly CurveLine[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The axis of x begins here and is logarithmic; null for a linear one from 0. */
  readonly logFrom: number | null;
  /** What a curve without any skill looks like: the diagonal, a height, or nothing. */
  readonly chance: 'diagonal' | number | null;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Curves of shares in [0, 1] × [0, 1]. */
export function drawCurves({ lines, xLabel, yLabel, logFrom, chance, width, height }: CurveDrawing): DrawnPlot {
  const thin = lines.filter(({ strong }) => !strong);
  const strong = lines.filter((line) => line.strong);
  const points = (line: CurveLine): Point[] =>
    line.x.map((x, i) => ({ x: logFrom === null ? x : Math.max(x, logFrom), y: line.y[i] }));
  const line = (of: CurveLine, stroke: string, strokeWidth: number, strokeOpacity: number): Plot.Markish =>
    Plot.line(points(of), {
      x: 'x',
      y: 'y',
      stroke,
      strokeWidth,
      strokeOpacity,
      curve: of.stairs ? 'step-before' : 'linear',
    });
  return drawPlot({
    width,
    height,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      type: logFrom === null ? 'linear' : 'log',
      domain: [logFrom ?? 0, 1],
      tickFormat: percentTick,
      ticks: logFrom === null ? Math.max(2, Math.floor(width / 90)) : decades(logFrom),
      grid: true,
    },
    y: {
      label: yLabel,
      labelAnchor: 'top',
      labelArrow: 'none',
      domain: [0, 1],
      tickFormat: percentTick,
      ticks: 5,
      grid: true,
    },
    marks: [
      ...chanceMark(chance, logFrom),
      ...thin.map((of) => line(of, 'var(--color-text-quiet)', 1, 0.55)),
      ...strong.map((of) => line(of, 'var(--color-accent)', 2.25, 1)),
    ],
  });
}

function chanceMark(chance: CurveDrawing['chance'], logFrom: number | null): Plot.Markish[] {
  const style = { stroke: 'var(--color-text-quiet)', strokeDasharray: '3 4', strokeOpacity: 0.7 };
  if (chance === null) return [];
  if (typeof chance === 'number') return [Plot.ruleY([chance], style)];
  const from = logFrom ?? 0;
  // A straight line on linear axes is none on a logarithmic one.
  const steps = Array.from({ length: 65 }, (_, i) => (logFrom === null ? i / 64 : from ** (1 - i / 64)));
  return [Plot.line(steps, { x: (x: number) => x, y: (x: number) => x, ...style })];
}

/** 0.001, 0.01, … 1 above `from`. */
function decades(from: number): number[] {
  const lowest = Math.ceil(Math.log10(from));
  return Array.from({ length: 1 - lowest }, (_, i) => 10 ** (lowest + i)).map((tick) => Number(tick.toPrecision(1)));
}
