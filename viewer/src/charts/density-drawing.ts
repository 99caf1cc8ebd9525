import * as Plot from '@observablehq/plot';
import { numberTick } from './axis-text.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

/** A smooth density at equally spaced positions over the range. */
export interface DensityCurve {
  readonly name: string;
  readonly values: readonly number[];
  readonly color: string;
  readonly dashed: boolean;
}

export interface DensityDrawing extends Size {
  readonly range: readonly number[];
  readonly curves: readonly DensityCurve[];
  readonly xLabel: string;
}

/** Densities of several groups over one range, each of area 1 whatever its size. */
export function drawDensities({ range: [from, to], curves, xLabel, width, height }: DensityDrawing): PlotElement {
  const points = (values: readonly number[]) =>
    values.map((density, k) => ({ x: from + ((to - from) * k) / (values.length - 1), density }));
  return plotElement({
    width,
    height,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [from, to],
      ticks: ticksAcross(width),
      tickFormat: numberTick,
    },
    y: {
      label: 'density',
      labelAnchor: 'top',
      labelArrow: 'none',
      grid: true,
      ticks: 4,
      tickFormat: numberTick,
      nice: true,
    },
    marks: [
      ...curves.map(({ values, color, dashed }) =>
        Plot.line(points(values), {
          x: 'x',
          y: 'density',
          stroke: color,
          strokeWidth: 2,
          ...(dashed && { strokeDasharray: '6 3' }),
        }),
      ),
      Plot.ruleY([0], { stroke: 'currentColor' }),
    ],
  });
}
