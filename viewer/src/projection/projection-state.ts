import { computed, type ReadonlySignal } from '@preact/signals';
import type { Remember, Router } from '../app/address.js';

/** Everything that a link to the page restores. */
export interface ProjectionState {
  /** Numbers of the components that are shown, from 1; x is the smaller one. */
  readonly x: number;
  readonly y: number;
  /** Place of the chosen hexagon in its list. */
  readonly hexagon: number | null;
  readonly instance: string | null;
}

export interface ProjectionStore {
  readonly state: ReadonlySignal<ProjectionState>;
  change(patch: Partial<ProjectionState>, remember?: Remember): void;
}

/** The page's state, which lives in the address. `drawn`: components there are pairs of. */
export function createProjectionStore(router: Router, drawn: number): ProjectionStore {
  const read = (query: URLSearchParams): ProjectionState => {
    const whole = (name: string): number | null => {
      const value = Number(query.get(name) ?? 'none');
      return Number.isSafeInteger(value) && value >= 0 ? value : null;
    };
    const x = whole('x') ?? 1;
    const y = whole('y') ?? 2;
    const fits = drawn > 1 && x >= 1 && x < y && y <= drawn;
    return {
      ...(fits ? { x, y } : { x: 1, y: drawn > 1 ? 2 : 1 }),
      hexagon: whole('hexagon'),
      instance: query.get('instance'),
    };
  };
  return {
    state: computed(() => read(router.address.value.query)),
    change: (patch, remember = 'replace') => {
      const { query } = router.address.peek();
      const { x, y, hexagon, instance } = { ...read(query), ...patch };
      const next = new URLSearchParams();
      if (x !== 1 || y !== 2) {
        next.set('x', String(x));
        next.set('y', String(y));
      }
      if (hexagon !== null) next.set('hexagon', String(hexagon));
      if (instance !== null) next.set('instance', instance);
      router.setQuery(next, remember);
    },
  };
}
