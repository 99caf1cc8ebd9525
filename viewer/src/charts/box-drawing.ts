import * as Plot from '@observablehq/plot';
import { formatNumber } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { numberTick } from './axis-text.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

/** A group's box: quartiles, whiskers, mean, and the ends of its values. */
export interface Box {
  readonly name: string;
  readonly color: string;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface BoxDrawing extends Size {
  readonly boxes: readonly Box[];
  readonly xLabel: string;
  /** What of the values is shown: a long tail may lie beyond. */
  readonly range: readonly number[];
}

/** Box plots (Tukey 1977), one line a group. */
export function drawBoxes({ boxes, xLabel, range: [from, to], width, height }: BoxDrawing): PlotElement {
  const within = (value: number): number => Math.min(to, Math.max(from, value));
  const rows = boxes.map((box, k) => ({
    ...box,
    // Two groups of one name are two lines.
    line: `${k + 1} ${box.name}`,
    low: within(box.low),
    high: within(box.high),
    lower: within(box.lower),
    upper: within(box.upper),
    median: within(box.median),
    mean: within(box.mean),
    text: [
      shortenMiddle(visibleText(box.name), 40),
      `median ${formatNumber(box.median)}, mean ${formatNumber(box.mean)}`,
      `half of the values from ${formatNumber(box.lower)} to ${formatNumber(box.upper)}`,
      `all from ${formatNumber(box.min)} to ${formatNumber(box.max)}`,
    ].join('\n'),
  }));
  const names = new Map(rows.map(({ line, name }) => [line, shortenMiddle(visibleText(name), 14)]));
  return plotElement({
    width,
    height,
    marginLeft: 104,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [from, to],
      grid: true,
      ticks: ticksAcross(width),
      tickFormat: numberTick,
    },
    y: {
      label: null,
      domain: rows.map(({ line }) => line),
      tickFormat: (line: string) => names.get(line) ?? line,
      tickSize: 0,
    },
    marks: [
      Plot.ruleY(rows, { y: 'line', x1: 'low', x2: 'high', stroke: 'color', strokeWidth: 1.5 }),
      Plot.barX(rows, {
        y: 'line',
        x1: 'lower',
        x2: 'upper',
        fill: 'color',
        fillOpacity: 0.35,
        stroke: 'color',
        insetTop: 5,
        insetBottom: 5,
      }),
      Plot.tickX(rows, { y: 'line', x: 'median', stroke: 'color', strokeWidth: 3, insetTop: 5, insetBottom: 5 }),
      Plot.dot(rows, { y: 'line', x: 'mean', fill: 'var(--surface)', stroke: 'color', r: 3.5 }),
      Plot.tip(rows, Plot.pointerY({ y: 'line', x: 'median', title: 'text', fontSize: 12 })),
    ],
  });
}
