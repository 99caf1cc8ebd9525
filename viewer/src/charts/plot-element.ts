import * as Plot from '@observablehq/plot';

/** Margins of every chart here, in pixels: room for ticks and for a label below them. */
export const margins = { top: 30, right: 16, bottom: 40, left: 52 } as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type PlotElement = (SVGSVGElement | HTMLElement) & Plot.Plot;

/** Draws a chart of a given size. It says nothing to screen readers by itself: ChartFrame names it. */
export function plotElement({ width, height, ...options }: Plot.PlotOptions & Size): PlotElement {
  return Plot.plot({
    width,
    height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    ...options,
  });
}

/** An axis of shares, labelled as percentages. */
export const shareAxis = { domain: [0, 1], grid: true, labelArrow: 'none' } as const;

/** So many ticks of percentages fit side by side. */
export const ticksAcross = (width: number): number => Math.max(2, Math.floor(width / 90));

/** An SVG element with its attributes. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
