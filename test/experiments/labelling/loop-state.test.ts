import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answered,
  currentQueries,
  foldLoop,
  type LoopState,
  nextStep,
  stateOf,
} from '../../../src/experiments/labelling/loop-state.js';
import type { LoopEvent } from '../../../src/schema/loop-log.js';

const at = '2026-01-01T00:00:00.000Z';
const start: LoopEvent = {
  type: 'start',
  at,
  author: null,
  id: 'loop',
  kind: 'active-learning',
  project: 'P',
  dataset: 'D',
  datasetHash: 'x',
  labelSet: 'set',
  request: {},
  settings: {},
};

const figures = (k: number) => ({
  iteration: k,
  labels: 0,
  malicious: 0,
  benign: 0,
  unlabeled: 0,
  families: { malicious: 0, benign: 0, all: 0 },
  figures: {},
  seconds: [],
});

/** An iteration that asks `count` instances from number `first` on. */
function iteration(k: number, first: number, count: number): LoopEvent[] {
  const queries = Array.from({ length: count }, (_, i) => ({
    n: first + i,
    instanceId: `i${first + i}`,
    ident: 'x',
    reason: 'because',
    value: 0,
    suggestion: null,
  }));
  return [
    { type: 'iteration', at, iteration: k, labels: 0 },
    { type: 'queries', at, iteration: k, kind: 'random', queries, notes: [] },
    { type: 'asked', at, iteration: k, figures: figures(k), warnings: [] },
  ];
}

const fold = (events: readonly LoopEvent[]): LoopState => {
  const state = foldLoop(events);
  if (!state) throw new Error('no state');
  return state;
};

const none = (): boolean => false;

describe('the state of a loop', () => {
  it('is nothing without a start', () => {
    expect(foldLoop([])).toBeNull();
    expect(foldLoop(iteration(1, 1, 2))).toBeNull();
  });

  it('goes from begin to compute, ask and the next iteration', () => {
    const [began, queries, asked] = iteration(1, 1, 2);
    expect(nextStep(fold([start]), 10, none, 5)).toEqual({ step: 'begin', iteration: 1 });
    expect(nextStep(fold([start, began]), 10, none, 5)).toEqual({ step: 'compute' });
    expect(nextStep(fold([start, began, queries]), 10, none, 5)).toEqual({ step: 'compute' });
    const whole = fold([start, began, queries, asked]);
    expect(nextStep(whole, 10, none, 5)).toEqual({ step: 'ask' });
    expect(nextStep(whole, 10, (id) => id === 'i1', 5)).toEqual({ step: 'ask' });
    expect(nextStep(whole, 10, () => true, 5)).toEqual({ step: 'begin', iteration: 2 });
  });

  it('ends with the budget and with the last instance', () => {
    const whole = fold([start, ...iteration(1, 1, 2)]);
    expect(nextStep(whole, 2, () => true, 5)).toMatchObject({ step: 'end' });
    expect(nextStep(whole, 10, () => true, 0)).toMatchObject({ step: 'end' });
    expect(nextStep(fold([start, { type: 'end', at, reason: 'enough' }]), 10, none, 5)).toEqual({
      step: 'end',
      reason: 'enough',
    });
  });

  it('goes on when queries are passed or left, and takes a pass back', () => {
    const pass = (query: number, how: 'skipped' | 'unsure' | null): LoopEvent => {
      return { type: 'pass', at, author: null, query, how };
    };
    const events = [start, ...iteration(1, 1, 2)];
    const passed = fold([...events, pass(1, 'skipped'), pass(2, 'unsure')]);
    expect(nextStep(passed, 10, none, 5).step).toBe('begin');
    expect(currentQueries(passed).map((query) => stateOf(passed, query, none))).toEqual(['skipped', 'unsure']);
    // A label counts more than a pass.
    expect(stateOf(passed, passed.queries[0], () => true)).toBe('answered');
    expect(nextStep(fold([...events, pass(1, 'skipped'), pass(1, null)]), 10, none, 5).step).toBe('ask');
    const next: LoopEvent = { type: 'next', at, author: null, iteration: 1 };
    expect(nextStep(fold([...events, next]), 10, none, 5).step).toBe('begin');
    // Whoever was late leaves the next iteration alone.
    expect(nextStep(fold([...events, next, ...iteration(2, 3, 1), next]), 10, none, 5).step).toBe('ask');
  });

  it('is not moved by an iteration that two processes begin, or compute, at once', () => {
    const once = [start, ...iteration(1, 1, 3)];
    const [began, queries, asked] = iteration(1, 4, 3);
    expect(fold([...once, began, queries, asked])).toEqual(fold(once));
  });

  it('counts only answers to its own queries', () => {
    const state = fold([start, ...iteration(1, 1, 3)]);
    const labelled = new Set(['i1', 'i3', 'another']);
    expect(answered(state, (id) => labelled.has(id))).toBe(2);
  });

  it('survives a log cut anywhere: what is computed again completes it', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.nat(), (counts, cut) => {
        let first = 1;
        const events = counts.flatMap((count, k) => {
          const made = iteration(k + 1, first, count);
          first += count;
          return made;
        });
        const log = [start, ...events];
        const kept = log.slice(0, 1 + (cut % log.length));
        const state = fold(kept);
        // Whatever is missing is what the next step says is to be made.
        const step = nextStep(state, 1000, () => true, 10);
        if (state.iteration > 0 && !state.asked) expect(step.step).toBe('compute');
        else expect(step).toEqual({ step: 'begin', iteration: state.iteration + 1 });
        expect(fold(log).queries.slice(0, state.queries.length)).toEqual(state.queries);
      }),
    );
  });
});
