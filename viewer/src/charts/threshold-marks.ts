import type { DrawnChart } from '../components/chart-frame.js';
import { margins } from './plot-element.js';

/*
 * What follows the threshold lies over the chart in elements that are only ever transformed: a drag then neither lays
 * out nor paints the chart again, which with thousands of points would cost the smoothness.
 */

/** Moves the point of the threshold on a drawn chart, with hairlines to both axes; null takes it away. */
export function markPoint(chart: DrawnChart, to: { readonly x: number; readonly y: number } | null): void {
  const overlay = overlayOf(chart, ['threshold-across', 'threshold-down', 'threshold-point']);
  overlay.hidden = to === null;
  if (to === null) return;
  const [x, y] = [chart.scale('x', to.x), chart.scale('y', to.y)];
  const [across, down, point] = overlay.children;
  transform(across, `translate(${margins.left}px, ${y}px) scaleX(${x - margins.left})`);
  transform(down, `translate(${x}px, ${y}px) scaleY(${bottomOf(chart) - y})`);
  transform(point, `translate(${x}px, ${y}px)`);
}

/** Moves the line of the threshold on a chart of values; what lies right of it is called malicious. */
export function markLine(chart: DrawnChart, to: number): void {
  const overlay = overlayOf(chart, ['threshold-shade', 'threshold-line', 'threshold-flag']);
  const right = chart.width - margins.right;
  const x = Math.min(right, Math.max(margins.left, chart.scale('x', to)));
  const top = margins.top - 10;
  const [shade, line, flag] = overlay.children;
  transform(shade, `translate(${x}px, ${margins.top}px) scale(${right - x}, ${bottomOf(chart) - margins.top})`);
  transform(line, `translate(${x}px, ${top}px) scaleY(${bottomOf(chart) - top})`);
  transform(flag, `translate(${x}px, ${top}px)`);
}

/** The elements over a chart, made when it has none yet. */
function overlayOf({ svg }: DrawnChart, classes: readonly string[]): HTMLElement {
  const frame = svg.parentElement;
  if (frame === null) throw new Error('a chart outside of its frame');
  const known = frame.querySelector<HTMLElement>(':scope > .threshold-marks');
  if (known) return known;
  const overlay = document.createElement('div');
  overlay.className = 'threshold-marks';
  overlay.append(
    ...classes.map((name) => {
      const mark = document.createElement('div');
      mark.className = name;
      return mark;
    }),
  );
  frame.append(overlay);
  return overlay;
}

function transform(element: Element, to: string): void {
  if (element instanceof HTMLElement) element.style.transform = to;
}

const bottomOf = ({ svg }: DrawnChart): number => Number(svg.getAttribute('height')) - margins.bottom;
