import type { FitContext } from '../../../src/ml/fit-context.js';

/** A context for fits that hand no work to an executor: any use of it fails the test. */
export function inlineContext(overrides: Partial<FitContext> = {}): FitContext {
  return {
    seed: 1,
    executor: {
      concurrency: 1,
      open: () => {
        throw new Error('this fit must not open a session');
      },
    },
    ...overrides,
  };
}
