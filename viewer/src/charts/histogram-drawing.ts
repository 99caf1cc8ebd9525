import * as Plot from '@observablehq/plot';
import { countTick, numberText, percentTick } from './axis-text.js';
import { type DrawnPlot, drawPlot, svgElement } from './drawn-plot.js';

/** One series of a histogram. */
export interface HistogramGroup {
  /** `malicious`, `benign`, `unlabeled`, or a class. */
  readonly name: string;
  readonly counts: readonly number[];
  /** A CSS colour. */
  readonly color: string;
  /** Hatched, so that colour is not all that tells it from others. */
  readonly hatched: boolean;
}

export interface HistogramDrawing {
  /** One more than there are bins. */
  readonly edges: readonly number[];
  readonly groups: readonly HistogramGroup[];
  /** One above the other, or side by side on a logarithmic axis, where small counts are to be seen. */
  readonly bars: 'stacked' | 'log';
  readonly xLabel: string;
  readonly yLabel: string;
  readonly percent: boolean;
  readonly width: number;
  readonly height: number;
}

interface Bar {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

let drawings = 0;

/** Counts by bin of several groups. */
export function drawHistogram(drawing: HistogramDrawing): DrawnPlot {
  const { edges, groups, bars, xLabel, yLabel, percent, width, height } = drawing;
  drawings++;
  const pattern = (group: number): string => `bars-${drawings}-${group}`;
  const plot = drawPlot({
    width,
    height,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [edges[0], edges[edges.length - 1]],
      tickFormat: percent ? percentTick : (value: number) => numberText(value, 3),
      ticks: Math.max(2, Math.floor(width / 90)),
    },
    y: {
      label: yLabel,
      labelAnchor: 'top',
      labelArrow: 'none',
      grid: true,
      tickFormat: countTick,
      // Half an instance is the floor of a logarithmic axis, so that a single one is to be seen.
      ...(bars === 'log'
        ? { type: 'log' as const, domain: [0.5, largest(groups)], ticks: 4 }
        : { nice: true, ticks: 5 }),
    },
    marks: [
      ...groups.map((group, g) =>
        Plot.rect(bars === 'log' ? besides(edges, groups, g) : stacked(edges, groups, g), {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          fill: group.hatched ? `url(#${pattern(g)})` : group.color,
          stroke: group.color,
          strokeWidth: 1,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
      ),
      ...(bars === 'log' ? [] : [Plot.ruleY([0], { stroke: 'currentColor' })]),
    ],
  });
  const definitions = svgElement('defs', {});
  groups.forEach((group, g) => {
    if (group.hatched) definitions.append(hatching(pattern(g), group.color));
  });
  plot.svg.prepend(definitions);
  return plot;
}

function largest(groups: readonly HistogramGroup[]): number {
  return Math.max(1, ...groups.flatMap(({ counts }) => counts));
}

function stacked(edges: readonly number[], groups: readonly HistogramGroup[], of: number): Bar[] {
  return groups[of].counts.flatMap((count, bin) => {
    const below = groups.slice(0, of).reduce((sum, { counts }) => sum + counts[bin], 0);
    return count === 0 ? [] : [{ x1: edges[bin], x2: edges[bin + 1], y1: below, y2: below + count }];
  });
}

function besides(edges: readonly number[], groups: readonly HistogramGroup[], of: number): Bar[] {
  return groups[of].counts.flatMap((count, bin) => {
    if (count === 0) return [];
    const step = (edges[bin + 1] - edges[bin]) / groups.length;
    const x1 = edges[bin] + of * step;
    return [{ x1, x2: x1 + step, y1: 0.5, y2: count }];
  });
}

/** Slanted lines over a faint ground. */
function hatching(id: string, color: string): SVGPatternElement {
  const pattern = svgElement('pattern', {
    id,
    width: 5,
    height: 5,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  const ground = svgElement('rect', { width: 5, height: 5, 'fill-opacity': 0.28 });
  const line = svgElement('rect', { width: 2, height: 5 });
  ground.style.fill = color;
  line.style.fill = color;
  pattern.append(ground, line);
  return pattern;
}
