import * as Plot from '@observablehq/plot';
import { percentTick } from './axis-text.js';
import { plotElement, type PlotElement, shareAxis, type Size } from './plot-element.js';

export interface VarianceDrawing extends Size {
  /** Shares of the variance, by component. */
  readonly explained: readonly number[];
  readonly cumulative: readonly number[];
}

/** Bars: each component's share; a line: those up to it together. */
export function drawVariance({ explained, cumulative, width, height }: VarianceDrawing): PlotElement {
  const bars = explained.map((share, c) => ({ x1: c + 0.6, x2: c + 1.4, share }));
  const line = cumulative.map((share, c) => ({
    component: c + 1,
    share,
    text: `component ${c + 1}: ${percentTick(explained[c])}\ntogether ${percentTick(share)}`,
  }));
  return plotElement({
    width,
    height,
    x: {
      domain: [0.5, explained.length + 0.5],
      label: 'component',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: Math.min(10, explained.length),
      tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : ''),
    },
    y: { ...shareAxis, label: 'share of the variance', labelAnchor: 'top', tickFormat: percentTick, ticks: 5 },
    marks: [
      Plot.rect(bars, { x1: 'x1', x2: 'x2', y1: 0, y2: 'share', fill: 'var(--all)' }),
      Plot.line(line, { x: 'component', y: 'share', z: null, stroke: 'var(--all)', strokeWidth: 2 }),
      Plot.dot(line, { x: 'component', y: 'share', r: 2.5, fill: 'var(--all)' }),
      Plot.tip(line, Plot.pointerX({ x: 'component', y: 'share', title: 'text', fontSize: 12 })),
    ],
  });
}
