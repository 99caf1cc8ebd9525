import * as Plot from '@observablehq/plot';
import { formatCount } from '../text/numbers.js';
import { countTick, numberTick } from './axis-text.js';
import { plotElement, type PlotElement, type Size, svgElement, ticksAcross } from './plot-element.js';

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

export interface HistogramDrawing extends Size {
  /** One more than there are bins. */
  readonly edges: readonly number[];
  /** Bins of one width whatever their edges, which may lie decades apart; the edges are named below them. */
  readonly even?: boolean;
  readonly groups: readonly HistogramGroup[];
  /** One above the other, or side by side on a logarithmic axis, where small counts are to be seen. */
  readonly bars: 'stacked' | 'log';
  readonly xLabel: string;
  readonly yLabel: string;
  /** A value to be pointed out, and whose it is. */
  readonly mark?: { readonly value: number; readonly text: string };
  /** A click on a bin, and on which group's bar; null beside all bars. */
  readonly onBin?: (bin: number, group: string | null) => void;
}

interface Bar {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

let drawings = 0;

/** Counts by bin of several groups. */
export function drawHistogram(drawing: HistogramDrawing): PlotElement {
  const { groups, bars, xLabel, yLabel, onBin, width, height } = drawing;
  const edges = placesOf(drawing);
  drawings++;
  const pattern = (group: number): string => `bars-${drawings}-${group}`;
  const plot = plotElement({
    width,
    height,
    x: {
      label: xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [edges[0], edges[edges.length - 1]],
      ...(drawing.even
        ? { ticks: everySo(edges, ticksAcross(width)), tickFormat: (place: number) => numberTick(drawing.edges[place]) }
        : { ticks: ticksAcross(width), tickFormat: numberTick }),
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
        Plot.rect(barsOf(drawing, g), {
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
      ...markOf(drawing),
      ...(bars === 'log' ? [] : [Plot.ruleY([0], { stroke: 'currentColor' })]),
      Plot.tip(binTexts(drawing), Plot.pointerX({ x: 'x', y: 'y', title: 'text', anchor: 'bottom', fontSize: 12 })),
    ],
  });
  const definitions = svgElement('defs', {});
  groups.forEach((group, g) => {
    if (group.hatched) definitions.append(hatching(pattern(g), group.color));
  });
  plot.querySelector('g')?.before(definitions);
  if (onBin) listenForBins(plot, drawing, onBin);
  return plot;
}

/** Where the edges stand on the axis. */
function placesOf({ edges, even }: HistogramDrawing): readonly number[] {
  return even ? [...edges.keys()] : edges;
}

/** A line through the value, with a word beside it on the side where there is room. */
function markOf({ edges, even, mark }: HistogramDrawing): Plot.Markish[] {
  if (mark === undefined) return [];
  const { value, text } = mark;
  const [first, last] = [edges[0], edges[edges.length - 1]];
  const inside = Math.min(last, Math.max(first, value));
  const bin = Math.max(
    0,
    edges.findLastIndex((edge, i) => edge <= inside && i < edges.length - 1),
  );
  const share = (inside - edges[bin]) / (edges[bin + 1] - edges[bin]);
  const place = even ? bin + share : inside;
  const isRight = even ? place > (edges.length - 1) / 2 : place > (first + last) / 2;
  return [
    Plot.ruleX([place], { stroke: 'var(--text)', strokeWidth: 2, strokeDasharray: '4 3' }),
    Plot.text([place], {
      x: (at: number) => at,
      frameAnchor: 'top',
      text: () => (isRight ? `${text} ▸` : `◂ ${text}`),
      textAnchor: isRight ? 'end' : 'start',
      dx: isRight ? -5 : 5,
      fill: 'var(--text)',
      stroke: 'var(--surface)',
      strokeWidth: 4,
      fontSize: 12,
      fontWeight: 600,
    }),
  ];
}

/** At most about `most` of them, evenly spread. */
function everySo(places: readonly number[], most: number): number[] {
  const step = Math.ceil(places.length / most);
  return places.filter((place) => place % step === 0);
}

function barsOf(drawing: HistogramDrawing, of: number): Bar[] {
  const { groups, bars } = drawing;
  const edges = placesOf(drawing);
  return bars === 'log' ? beside(edges, groups, of) : stacked(edges, groups, of);
}

/** What to say of each bin when the pointer is over it. */
function binTexts(drawing: HistogramDrawing): { x: number; y: number; text: string }[] {
  const { edges, groups, bars } = drawing;
  const places = placesOf(drawing);
  return edges.slice(1).flatMap((end, bin) => {
    const counts = groups.map((group) => group.counts[bin]);
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) return [];
    const lines = groups.map(({ name }, g) => `${formatCount(counts[g])} ${name}`);
    const y = bars === 'log' ? Math.max(...counts) : all;
    const text = [`${numberTick(edges[bin])} to ${numberTick(end)}`, ...lines].join('\n');
    return [{ x: (places[bin] + places[bin + 1]) / 2, y, text }];
  });
}

function listenForBins(
  plot: PlotElement,
  drawing: HistogramDrawing,
  onBin: NonNullable<HistogramDrawing['onBin']>,
): void {
  const { groups } = drawing;
  const edges = placesOf(drawing);
  plot.classList.add('has-bins');
  plot.addEventListener('click', (event: Event) => {
    if (!(event instanceof MouseEvent)) return;
    const { left, top } = plot.getBoundingClientRect();
    const x = Number(plot.scale('x')?.invert?.(event.clientX - left));
    const y = Number(plot.scale('y')?.invert?.(event.clientY - top));
    const bin = edges.findIndex((edge, i) => x >= edge && x < (edges[i + 1] ?? edge));
    if (bin < 0) return;
    const hit = groups.find((_, g) =>
      barsOf(drawing, g).some((bar) => x >= bar.x1 && x < bar.x2 && y >= bar.y1 && y <= bar.y2),
    );
    onBin(bin, hit?.name ?? null);
  });
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

function beside(edges: readonly number[], groups: readonly HistogramGroup[], of: number): Bar[] {
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
