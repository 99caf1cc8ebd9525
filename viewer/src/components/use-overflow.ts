import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Whether what is in an element is wider or higher than the element, and the ref to put on it. */
export function useOverflow<E extends HTMLElement>(): [RefObject<E | null>, boolean] {
  const element = useRef<E>(null);
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const measure = (): void =>
      setOverflows(watched.scrollWidth > watched.clientWidth || watched.scrollHeight > watched.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    if (watched.firstElementChild !== null) observer.observe(watched.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return [element, overflows];
}
