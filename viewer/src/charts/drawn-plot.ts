import * as Plot from '@observablehq/plot';

/** A finished chart with what is needed to move things on it without drawing it again. */
export interface DrawnPlot {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Data to pixels. */
  x(value: number): number;
  y(value: number): number;
  /** The plane of the data in pixels. */
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** Margins of every chart here: room for ticks and for a label below them. */
export const margins = { marginTop: 14, marginRight: 14, marginBottom: 40, marginLeft: 52 };

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Draws a chart of a given size in pixels. It says nothing to screen readers by itself: whoever shows it gives it a
 * name and its data as a table.
 */
export function drawPlot(options: Plot.PlotOptions & { width: number; height: number }): DrawnPlot {
  const { width, height } = options;
  const element = Plot.plot({
    ...margins,
    ...options,
    style: { fontSize: '12px', overflow: 'visible', background: 'none' },
  });
  const svg = element instanceof SVGSVGElement ? element : element.querySelector('svg');
  if (!(svg instanceof SVGSVGElement)) throw new Error('a chart without a drawing');
  // Named groups without a role are a fault (aria-prohibited-attr); the frame around the chart names it.
  for (const named of svg.querySelectorAll('[aria-label]')) named.removeAttribute('aria-label');
  svg.setAttribute('aria-hidden', 'true');
  const scaled = (name: 'x' | 'y'): ((value: number) => number) => {
    const scale = element.scale(name);
    if (!scale) throw new Error(`a chart without a scale of ${name}`);
    return (value) => Number(scale.apply(value));
  };
  return {
    svg,
    width,
    height,
    x: scaled('x'),
    y: scaled('y'),
    frame: {
      left: options.marginLeft ?? margins.marginLeft,
      right: width - (options.marginRight ?? margins.marginRight),
      top: options.marginTop ?? margins.marginTop,
      bottom: height - (options.marginBottom ?? margins.marginBottom),
    },
  };
}

/** An SVG element with its attributes. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
