import * as Plot from '@observablehq/plot';
import { formatCount } from '../text/numbers.js';
import { percentTick } from './axis-text.js';
import { plotElement, type PlotElement, shareAxis, type Size, ticksAcross } from './plot-element.js';

export interface ReliabilityBin {
  readonly instances: number;
  readonly meanProbability: number | null;
  readonly maliciousShare: number | null;
}

/**
 * Predicted probability against the share that came true; dots by their number of instances.
 * @param before bins of the probabilities before calibration: hollow squares, a dashed line
 */
export function drawReliability(
  bins: readonly ReliabilityBin[],
  before: readonly ReliabilityBin[],
  { width, height }: Size,
): PlotElement {
  const points = pointsOf(bins, before.length > 0 ? 'after calibration: ' : '');
  const pointsBefore = pointsOf(before, 'before calibration: ');
  const axis = { ...shareAxis, tickFormat: percentTick };
  return plotElement({
    width,
    height,
    x: { ...axis, label: 'predicted probability', labelAnchor: 'center', ticks: ticksAcross(width) },
    y: { ...axis, label: 'share that is malicious', labelAnchor: 'top', ticks: 5 },
    r: { range: [3, 11] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'var(--chart-thin)', strokeDasharray: '3 4' },
      ),
      Plot.line(pointsBefore, { x: 'x', y: 'y', stroke: 'var(--muted)', strokeDasharray: '2 2' }),
      Plot.dot(pointsBefore, { x: 'x', y: 'y', r: 'instances', symbol: 'square', stroke: 'var(--muted)' }),
      Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--chart-strong)', strokeWidth: 1.5 }),
      Plot.dot(points, {
        x: 'x',
        y: 'y',
        r: 'instances',
        fill: 'var(--chart-strong)',
        fillOpacity: 0.35,
        stroke: 'var(--chart-strong)',
      }),
      Plot.tip(
        [...points, ...pointsBefore],
        Plot.pointer({ x: 'x', y: 'y', title: 'text', maxRadius: 30, fontSize: 12 }),
      ),
    ],
  });
}

function pointsOf(bins: readonly ReliabilityBin[], when: string) {
  return bins.flatMap(({ instances, meanProbability: x, maliciousShare: y }) =>
    x === null || y === null ? [] : [{ x, y, instances, text: when + textOf(instances, x, y) }],
  );
}

function textOf(instances: number, predicted: number, malicious: number): string {
  return `${formatCount(instances)} instances\npredicted ${percentTick(predicted)}\nmalicious ${percentTick(malicious)}`;
}
