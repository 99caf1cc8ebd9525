import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DrawnPlot } from './drawn-plot.js';

export interface PlotCanvasProps {
  /** Draws at a size in pixels; a new function means a new drawing. */
  readonly draw: (width: number, height: number) => DrawnPlot;
  readonly height: number;
  /** Puts on what moves by itself, and gives back what takes it off again. */
  readonly dress?: (plot: DrawnPlot) => () => void;
}

/** A chart as wide as its place; drawn again only when its place or its data change. */
export function PlotCanvas({ draw, height, dress }: PlotCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = place.current;
    if (element === null || width === 0) return undefined;
    const plot = draw(width, height);
    const undress = dress?.(plot);
    element.replaceChildren(plot.svg);
    return () => undress?.();
  }, [draw, dress, width, height]);
  return <div ref={place} class="plot-canvas" style={{ height: `${height}px` }} />;
}
