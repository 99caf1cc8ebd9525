import * as Plot from '@observablehq/plot';
import { formatNumber } from '../text/numbers.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

export interface ChoiceCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** A place on the horizontal axis, or a height. */
  readonly chosen: number;
  readonly chosenIs: 'place' | 'height';
  readonly titles: readonly [across: string, up: string];
}

/** A curve that a choice was made by, and the choice. */
export function drawChoice({ x, y, chosen, chosenIs, titles }: ChoiceCurve, { width, height }: Size): PlotElement {
  const points = x.map((place, k) => ({ x: place, y: y[k], text: `${formatNumber(place)}: ${formatNumber(y[k])}` }));
  const mark = { stroke: 'var(--uncertain)', strokeDasharray: '4 3', strokeWidth: 1.5 };
  return plotElement({
    width,
    height,
    marginLeft: 64,
    x: { label: titles[0], labelAnchor: 'center', ticks: ticksAcross(width) },
    y: { label: titles[1], labelAnchor: 'top', ticks: 5 },
    marks: [
      chosenIs === 'place' ? Plot.ruleX([chosen], mark) : Plot.ruleY([chosen], mark),
      Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--all)', strokeWidth: 1.5 }),
      ...(points.length <= 50 ? [Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: 'var(--all)' })] : []),
      Plot.tip(points, Plot.pointerX({ x: 'x', y: 'y', title: 'text', fontSize: 12 })),
    ],
  });
}
