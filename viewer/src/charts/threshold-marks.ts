import type { DrawnChart } from '../components/chart-frame.js';
import { margins, setAttributes, svgElement } from './plot-element.js';

/** Moves the point of the threshold on a drawn chart, with hairlines to both axes; null takes it away. */
export function markPoint(chart: DrawnChart, to: { readonly x: number; readonly y: number } | null): void {
  const group = groupOf(chart, () => [
    svgElement('line', { class: 'threshold-hairline' }),
    svgElement('line', { class: 'threshold-hairline' }),
    svgElement('circle', { class: 'threshold-point', r: 6 }),
  ]);
  group.setAttribute('visibility', to === null ? 'hidden' : 'visible');
  if (to === null) return;
  const [x, y] = [chart.scale('x', to.x), chart.scale('y', to.y)];
  const [across, down, point] = group.children;
  setAttributes(across, { x1: margins.left, x2: x, y1: y, y2: y });
  setAttributes(down, { x1: x, x2: x, y1: y, y2: heightOf(chart) - margins.bottom });
  setAttributes(point, { cx: x, cy: y });
}

/** Moves the line of the threshold on a chart of values; what lies right of it is called malicious. */
export function markLine(chart: DrawnChart, to: number): void {
  const group = groupOf(chart, () => [
    svgElement('rect', { class: 'threshold-shade', y: margins.top }),
    svgElement('line', { class: 'threshold-line', y1: margins.top - 10 }),
    svgElement('path', { class: 'threshold-flag' }),
  ]);
  const right = chart.width - margins.right;
  const x = Math.min(right, Math.max(margins.left, chart.scale('x', to)));
  const bottom = heightOf(chart) - margins.bottom;
  const [shade, line, flag] = group.children;
  setAttributes(shade, { x, width: right - x, height: bottom - margins.top });
  setAttributes(line, { x1: x, x2: x, y2: bottom });
  setAttributes(flag, { d: `M${x},${margins.top - 10}l9,4.5l-9,4.5z` });
}

/** The group that moves, made when the chart has none yet. */
function groupOf({ svg }: DrawnChart, make: () => Element[]): Element {
  const known = svg.querySelector(':scope > .threshold-mark');
  if (known) return known;
  const group = svgElement('g', { class: 'threshold-mark' });
  group.append(...make());
  svg.append(group);
  return group;
}

const heightOf = ({ svg }: DrawnChart): number => Number(svg.getAttribute('height'));
