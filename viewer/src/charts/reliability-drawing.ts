import * as Plot from '@observablehq/plot';
import { countText, percentTick } from './axis-text.js';
import { type DrawnPlot, drawPlot } from './drawn-plot.js';

export interface ReliabilityBin {
  readonly instances: number;
  readonly meanProbability: number | null;
  readonly maliciousShare: number | null;
}

/** Predicted probability against the share that came true; dots by their number of instances. */
export function drawReliability(bins: readonly ReliabilityBin[], width: number, height: number): DrawnPlot {
  const points = bins.flatMap(({ instances, meanProbability, maliciousShare }) =>
    meanProbability === null || maliciousShare === null ? [] : [{ x: meanProbability, y: maliciousShare, instances }],
  );
  const axis = { domain: [0, 1], tickFormat: percentTick, grid: true, labelArrow: 'none' as const };
  return drawPlot({
    width,
    height,
    x: { ...axis, label: 'predicted probability', labelAnchor: 'center', ticks: Math.max(2, Math.floor(width / 90)) },
    y: { ...axis, label: 'share that is malicious', labelAnchor: 'top', ticks: 5 },
    r: { range: [3, 11] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'var(--color-text-quiet)', strokeDasharray: '3 4', strokeOpacity: 0.7 },
      ),
      Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--color-accent)', strokeWidth: 1.5 }),
      Plot.dot(points, {
        x: 'x',
        y: 'y',
        r: 'instances',
        fill: 'var(--color-accent)',
        fillOpacity: 0.35,
        stroke: 'var(--color-accent)',
        title: (point: (typeof points)[number]) =>
          `${countText(point.instances)} instances: predicted ${percentTick(point.x)}, malicious ${percentTick(point.y)}`,
      }),
    ],
  });
}
