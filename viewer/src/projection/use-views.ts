import { useRef } from 'preact/hooks';
import type { View } from './picture-view.js';
import type { ProjectionStore } from './projection-state.js';

/** Changes of a moment (the wheel, dragging) are one step back. */
const stepMilliseconds = 600;

/** What shows another view, and what leads back to the ones before; null where there is none. */
export interface Views {
  readonly show: (view: View) => void;
  readonly back: (() => void) | null;
}

/** The views of a picture that a person has gone through; those of another plane are other ones. */
export function useViews(store: ProjectionStore): Views {
  const { x, y, frame } = store.state.value;
  const plane = `${x}-${y} ${frame}`;
  const before = useRef<{ plane: string; views: View[]; changed: number }>({ plane, views: [], changed: 0 });
  if (before.current.plane !== plane) before.current = { plane, views: [], changed: 0 };
  const { views } = before.current;
  const show = (view: View): void => {
    const present = store.state.peek().view;
    if (JSON.stringify(view) === JSON.stringify(present)) return;
    const now = performance.now();
    if (now - before.current.changed > stepMilliseconds) views.push(present);
    before.current.changed = now;
    store.change({ view });
  };
  const back = (): void => {
    const view = views.pop();
    before.current.changed = 0;
    if (view) store.change({ view });
  };
  return { show, back: views.length === 0 ? null : back };
}
