import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The width of an element in whole pixels, 0 until it is known, and the ref to put on it. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  const watched = useRef<{ readonly element: E; readonly observer: ResizeObserver } | null>(null);
  // After every drawing: the element may be another one by then, or gone.
  useLayoutEffect(() => {
    const now = element.current;
    if (watched.current?.element === now) return;
    watched.current?.observer.disconnect();
    watched.current = null;
    if (now === null) return;
    setWidth(Math.floor(now.clientWidth));
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(now);
    watched.current = { element: now, observer };
  });
  useLayoutEffect(() => () => watched.current?.observer.disconnect(), []);
  return [element, width];
}
