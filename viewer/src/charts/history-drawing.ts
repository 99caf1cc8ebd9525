import * as Plot from '@observablehq/plot';
import { formatCount } from '../text/numbers.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

/** A figure of a labelling loop over the number of labels. */
export interface HistoryLine {
  readonly name: string;
  /** A CSS colour. */
  readonly colour: string;
  /** Told apart without colour, too. */
  readonly dashed: boolean;
  readonly points: readonly { readonly labels: number; readonly value: number; readonly text: string }[];
}

export interface HistoryDrawing extends Size {
  readonly lines: readonly HistoryLine[];
  readonly yLabel: string;
  /** Ends of the axis; from 0 to the largest value if absent. */
  readonly domain?: readonly [number, number];
}

/** How something grew with the labels: a line for each figure, a point for each iteration. */
export function drawHistory({ lines, yLabel, domain, width, height }: HistoryDrawing): PlotElement {
  const points = lines.flatMap((line) => line.points);
  return plotElement({
    width,
    height,
    x: {
      label: 'labels',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: ticksAcross(width),
      tickFormat: formatCount,
    },
    y: {
      label: yLabel,
      labelAnchor: 'top',
      labelArrow: 'none',
      grid: true,
      ticks: 5,
      nice: true,
      ...(domain ? { domain: [...domain] } : { zero: true }),
    },
    marks: [
      ...lines.flatMap(({ points: own, colour, dashed }) => [
        Plot.line(own, {
          x: 'labels',
          y: 'value',
          stroke: colour,
          strokeWidth: 2,
          ...(dashed && { strokeDasharray: '5 4' }),
        }),
        Plot.dot(own, { x: 'labels', y: 'value', r: 2.5, fill: colour, stroke: colour }),
      ]),
      Plot.tip(points, Plot.pointer({ x: 'labels', y: 'value', title: 'text', maxRadius: 40, fontSize: 12 })),
    ],
  });
}
