import { computed, type ReadonlySignal } from '@preact/signals';
import type { Remember, Router } from '../app/address.js';
import {
  type Area,
  areaIn,
  areaText,
  isWhole,
  type Plane,
  readView,
  type View,
  viewText,
  wholeView,
} from './picture-view.js';

/** What the colours of hexagons mean. */
export const colourings = ['label', 'family', 'density'] as const;

export type Colouring = (typeof colourings)[number];

/** Everything that a link to the picture restores. */
export interface ProjectionState extends Plane {
  readonly view: View;
  readonly colouring: Colouring;
  /** What is chosen in the picture; null: nothing. */
  readonly area: Area | null;
}

export interface ProjectionStore {
  readonly state: ReadonlySignal<ProjectionState>;
  /** Another plane is another picture: nothing in it is chosen, all of it is shown. */
  change(patch: Partial<ProjectionState>, remember?: Remember): void;
}

/** Names of the query that are the picture's; others are left alone. */
const ownNames = ['x', 'y', 'frame', 'view', 'colour', 'area'];

/** The picture's state, which lives in the address. `drawn`: components there are pairs of. */
export function createProjectionStore(router: Router, drawn: number): ProjectionStore {
  const read = (query: URLSearchParams): ProjectionState => {
    const plane = {
      ...pairIn(query, drawn),
      frame: query.get('frame') === 'middle' ? ('middle' as const) : ('all' as const),
    };
    return {
      ...plane,
      view: readView(query.get('view')) ?? wholeView,
      colouring: colourings.find((word) => word === query.get('colour')) ?? 'label',
      area: areaIn(query.get('area'), plane),
    };
  };
  return {
    state: computed(() => read(router.address.value.query)),
    change: (patch, remember = 'replace') => {
      const { query } = router.address.peek();
      const before = read(query);
      const { x, y, frame, view, colouring, area } = { ...before, ...patch };
      const next = new URLSearchParams([...query].filter(([name]) => !ownNames.includes(name)));
      if (x !== 1 || y !== 2) {
        next.set('x', String(x));
        next.set('y', String(y));
      }
      if (frame === 'middle') next.set('frame', frame);
      const same = x === before.x && y === before.y && frame === before.frame;
      if (same && !isWhole(view)) next.set('view', viewText(view));
      if (colouring !== 'label') next.set('colour', colouring);
      if (same && area !== null) next.set('area', areaText(area));
      router.setQuery(next, remember);
    },
  };
}

function pairIn(query: URLSearchParams, drawn: number): { x: number; y: number } {
  const whole = (name: string, otherwise: number): number => {
    const value = Number(query.get(name) ?? otherwise);
    return Number.isSafeInteger(value) ? value : 0;
  };
  if (drawn < 2) return { x: 1, y: 1 };
  const [x, y] = [whole('x', 1), whole('y', 2)];
  return x >= 1 && x < y && y <= drawn ? { x, y } : { x: 1, y: 2 };
}
