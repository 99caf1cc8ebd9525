import * as Plot from '@observablehq/plot';
import { numberTick } from './axis-text.js';
import { plotElement, type PlotElement, type Size, ticksAcross } from './plot-element.js';

/** Training rows of one label, by the grid's value that they are nearest to. */
export interface DependenceGroup {
  readonly name: string;
  readonly counts: readonly number[];
}

export interface DependenceDrawing extends Size {
  /** Ascending. */
  readonly grid: readonly number[];
  readonly average: readonly number[];
  /** Drawn where they are to be seen. */
  readonly individual: readonly (readonly number[])[];
  readonly groups: readonly DependenceGroup[];
  readonly yLabel: string;
  /** Absent: as far as the curves reach. */
  readonly yDomain?: readonly [number, number];
  readonly tips: readonly string[];
}

/** Share of the height that the distribution of the values takes. */
const stripShare = 0.22;
/** So few are named each: a flag has no value between 0 and 1. */
const fewValues = 4;

/** Where the middle half of the values lies within less than this share of the range, an axis would hide them. */
const narrowest = 0.15;

/** Whether the values of a grid are drawn side by side, since most of them would lie on one heap. */
export function isUneven(grid: readonly number[]): boolean {
  const at = (share: number): number => grid[Math.round(share * (grid.length - 1))];
  return grid.length > 3 && at(0.75) - at(0.25) < narrowest * (at(1) - at(0));
}

/** The mean over rows as a feature changes, with single rows behind it, and how its values lie under both. */
export function drawDependence(drawing: DependenceDrawing): PlotElement {
  const { grid, average, individual, groups, yLabel, yDomain, tips, width, height } = drawing;
  const even = isUneven(grid);
  const place = (k: number): number => (even ? k : grid[k]);
  const [low, high] = yDomain ?? extentOf([average, ...individual]);
  const strip = (high - low || 1) * stripShare;
  const floor = low - strip * 1.25;
  const points = average.map((y, k) => ({ x: place(k), y, text: tips[k] }));
  const curves = individual.flatMap((curve, z) => curve.map((y, k) => ({ x: place(k), y, z })));
  const stems = groups.flatMap(({ name, counts }, g) => stemsOf(name, counts, g, groups.length, place, floor, strip));
  return plotElement({
    width,
    height,
    x: {
      type: 'linear',
      label: even ? 'value (evenly spaced)' : 'value',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [place(0), place(grid.length - 1)],
      inset: 12,
      ...(even
        ? { ticks: spread(grid.length, width), tickFormat: (k: number) => numberTick(grid[k]) }
        : { ticks: grid.length <= fewValues ? [...grid] : ticksAcross(width), tickFormat: numberTick }),
    },
    y: {
      label: yLabel,
      labelAnchor: 'top',
      labelArrow: 'none',
      grid: true,
      domain: [floor, high],
      ticks: ticksBetween(low, high),
      tickFormat: numberTick,
    },
    marks: [
      Plot.ruleY([floor], { stroke: 'var(--line-strong)' }),
      ...stems.map(({ color, dashed, shift, list }) =>
        Plot.ruleX(list, {
          x: 'x',
          y1: 'y1',
          y2: 'y2',
          stroke: color,
          strokeWidth: 4,
          strokeDasharray: dashed ? '3 1.5' : undefined,
          dx: shift,
        }),
      ),
      Plot.line(curves, { x: 'x', y: 'y', z: 'z', stroke: 'var(--muted)', strokeWidth: 1, strokeOpacity: 0.45 }),
      Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--chart-strong)', strokeWidth: 3 }),
      Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: 'var(--chart-strong)' }),
      Plot.tip(points, Plot.pointerX({ x: 'x', y: 'y', title: 'text', fontSize: 12 })),
    ],
  });
}

function stemsOf(
  name: string,
  counts: readonly number[],
  g: number,
  groups: number,
  place: (k: number) => number,
  floor: number,
  strip: number,
) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const list = counts.flatMap((count, k) =>
    count === 0 ? [] : [{ x: place(k), y1: floor, y2: floor + (count / total) * strip }],
  );
  const known = name === 'malicious' || name === 'benign';
  return {
    color: `var(--${known ? name : 'all'})`,
    dashed: name === 'benign',
    shift: (g - (groups - 1) / 2) * 5,
    list,
  };
}

function extentOf(curves: readonly (readonly number[])[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    for (const value of curve) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Ticks of the curves alone, none beside the distribution. */
function ticksBetween(low: number, high: number): number[] {
  const step = niceStep((high - low) / 4);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(1, count) }, (_, i) => (first + i) * step);
}

function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 2.5, 5, 10].find((nice) => nice * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Some of the places 0 … n − 1, with both ends. */
function spread(n: number, width: number): number[] {
  const count = Math.min(n, Math.max(2, Math.floor(width / 70)));
  const places = Array.from({ length: count }, (_, i) => Math.round((i * (n - 1)) / Math.max(1, count - 1)));
  return [...new Set(places)];
}
