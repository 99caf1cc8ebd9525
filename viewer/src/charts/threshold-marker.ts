import { type DrawnPlot, svgElement } from './drawn-plot.js';

/** Something on a chart that follows the threshold; null hides it. */
export interface Marker<T> {
  move(to: T | null): void;
}

/** A point with hairlines to both axes. Moving it sets five attributes; nothing is drawn again. */
export function pointMarker(plot: DrawnPlot): Marker<{ x: number; y: number }> {
  const { left, bottom } = plot.frame;
  const group = svgElement('g', { class: 'threshold-marker' });
  const across = svgElement('line', { x1: left, class: 'threshold-hairline' });
  const down = svgElement('line', { y2: bottom, class: 'threshold-hairline' });
  const point = svgElement('circle', { r: 6, class: 'threshold-point' });
  group.append(across, down, point);
  plot.svg.append(group);
  return {
    move(to) {
      group.setAttribute('visibility', to === null ? 'hidden' : 'visible');
      if (to === null) return;
      const [x, y] = [plot.x(to.x), plot.y(to.y)];
      point.setAttribute('cx', String(x));
      point.setAttribute('cy', String(y));
      across.setAttribute('x2', String(x));
      across.setAttribute('y1', String(y));
      across.setAttribute('y2', String(y));
      down.setAttribute('x1', String(x));
      down.setAttribute('x2', String(x));
      down.setAttribute('y1', String(y));
    },
  };
}

/** An upright line with a small flag; what lies right of it is called malicious. */
export function lineMarker(plot: DrawnPlot): Marker<number> {
  const { top, bottom, left, right } = plot.frame;
  const group = svgElement('g', { class: 'threshold-marker' });
  const shade = svgElement('rect', { y: top, height: bottom - top, class: 'threshold-shade' });
  const line = svgElement('line', { y1: top - 6, y2: bottom, class: 'threshold-line' });
  const flag = svgElement('path', { class: 'threshold-flag' });
  group.append(shade, line, flag);
  plot.svg.append(group);
  return {
    move(to) {
      group.setAttribute('visibility', to === null ? 'hidden' : 'visible');
      if (to === null) return;
      const x = Math.min(right, Math.max(left, plot.x(to)));
      line.setAttribute('x1', String(x));
      line.setAttribute('x2', String(x));
      shade.setAttribute('x', String(x));
      shade.setAttribute('width', String(Math.max(0, right - x)));
      flag.setAttribute('d', `M${x},${top - 6}l8,4l-8,4z`);
    },
  };
}
