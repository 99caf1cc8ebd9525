import * as Plot from '@observablehq/plot';
import { percentTick } from './axis-text.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

/** Accuracy of what is kept where a share is rejected, both in [0, 1]. */
export interface RejectionPoint {
  readonly rejected: number;
  readonly accuracy: number | null;
  readonly text: string;
}

export interface RejectionDrawing extends Size {
  readonly points: readonly RejectionPoint[];
  /** The share that was rejected. */
  readonly share: number;
}

/** What is gained by rejecting more: the height is cut at the lowest accuracy, which may lie close to 1. */
export function drawRejection({ points, share, width, height }: RejectionDrawing): PlotElement {
  const known = points.filter(({ accuracy }) => accuracy !== null);
  const lowest = known.reduce((low, { accuracy }) => Math.min(low, accuracy ?? 1), 1);
  return plotElement({
    width,
    height,
    x: {
      domain: [0, 1],
      label: 'share rejected, the least credible first',
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: percentTick,
      ticks: ticksAcross(width),
    },
    y: {
      domain: [Math.max(0, lowest - 0.1 * (1 - lowest) - 0.001), 1],
      label: 'accuracy of the kept',
      labelAnchor: 'top',
      labelArrow: 'none',
      tickFormat: percentTick,
      ticks: 5,
      grid: true,
    },
    marks: [
      Plot.ruleX([share], { stroke: 'var(--uncertain)', strokeDasharray: '5 4' }),
      Plot.line(known, { x: 'rejected', y: 'accuracy', stroke: 'var(--chart-strong)', strokeWidth: 2 }),
      Plot.dot(known, { x: 'rejected', y: 'accuracy', r: 2.5, fill: 'var(--chart-strong)' }),
      Plot.tip(known, Plot.pointerX({ x: 'rejected', y: 'accuracy', title: 'text', fontSize: 12 })),
    ],
  });
}
