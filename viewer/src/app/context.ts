import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Source } from '../source/source.js';
import type { Router } from './address.js';

/** What every page needs of its surroundings. */
export interface Surroundings {
  readonly source: Source;
  readonly router: Router;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error('a page was drawn outside of the application');
  return surroundings;
}

/** Where the data comes from. */
export const useSource = (): Source => useSurroundings().source;

/** The address and how to change it. */
export const useRouter = (): Router => useSurroundings().router;
