import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answered,
  currentQueries,
  foldLoop,
  type LoopState,
  nextStep,
  type StandingOf,
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

/** Nobody has said anything of any instance. */
const none: StandingOf = () => ({ labelled: false, n: 0 });
const all: StandingOf = () => ({ labelled: true, n: 1 });
const only =
  (...ids: string[]): StandingOf =>
  (id) => ({ labelled: ids.includes(id), n: ids.indexOf(id) + 1 });

const next = (state: LoopState, budget: number, standingOf: StandingOf, left: number) =>
  nextStep(state, { budget, standingOf, mayBeAsked: () => left });

describe('the state of a loop', () => {
  it('is nothing without a start', () => {
    expect(foldLoop([])).toBeNull();
    expect(foldLoop(iteration(1, 1, 2))).toBeNull();
  });

  it('goes from begin to compute, ask and the next iteration', () => {
    const [began, queries, asked] = iteration(1, 1, 2);
    expect(next(fold([start]), 10, none, 5)).toEqual({ step: 'begin', iteration: 1 });
    expect(next(fold([start, began]), 10, none, 5)).toEqual({ step: 'compute' });
    expect(next(fold([start, began, queries]), 10, none, 5)).toEqual({ step: 'compute' });
    const whole = fold([start, began, queries, asked]);
    expect(next(whole, 10, none, 5)).toEqual({ step: 'ask' });
    expect(next(whole, 10, only('i1'), 5)).toEqual({ step: 'ask' });
    expect(next(whole, 10, all, 5)).toEqual({ step: 'begin', iteration: 2 });
  });

  it('ends with the budget and with the last instance', () => {
    const whole = fold([start, ...iteration(1, 1, 2)]);
    expect(next(whole, 2, all, 5)).toMatchObject({ step: 'end' });
    expect(next(whole, 10, all, 0)).toMatchObject({ step: 'end' });
    expect(next(fold([start, { type: 'end', at, reason: 'enough' }]), 10, none, 5)).toEqual({
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
    expect(next(passed, 10, none, 5).step).toBe('begin');
    expect(currentQueries(passed, none).map((query) => stateOf(passed, query, none))).toEqual(['skipped', 'unsure']);
    // A label counts more than a pass.
    expect(stateOf(passed, passed.queries[0], all)).toBe('answered');
    expect(next(fold([...events, pass(1, 'skipped'), pass(1, null)]), 10, none, 5).step).toBe('ask');
    const goOn: LoopEvent = { type: 'next', at, author: null, iteration: 1 };
    expect(next(fold([...events, goOn]), 10, none, 5).step).toBe('begin');
    // Whoever was late leaves the next iteration alone.
    expect(next(fold([...events, goOn, ...iteration(2, 3, 1), goOn]), 10, none, 5).step).toBe('ask');
  });

  it('is not moved by an iteration that two processes begin, or compute, at once', () => {
    const once = [start, ...iteration(1, 1, 3)];
    const [began, queries, asked] = iteration(1, 4, 3);
    expect(fold([...once, began, queries, asked])).toEqual(fold(once));
  });

  it('asks again for what is taken back, whenever it was asked', () => {
    const [began, ...rest] = iteration(2, 3, 1);
    const events = [start, ...iteration(1, 1, 2), { ...began, labels: 3 } as LoopEvent, ...rest];
    const state = fold(events);
    const answeredBy = only('i1', 'i2', 'i3');
    expect(next(state, 10, answeredBy, 5).step).toBe('begin');
    // Taken back since iteration 2 began: by an event after number 3.
    const back: StandingOf = (id) => (id === 'i2' ? { labelled: false, n: 5 } : answeredBy(id));
    expect(currentQueries(state, back).map(({ n }) => n)).toEqual([2, 3]);
    expect(next(state, 10, back, 5).step).toBe('ask');
    // Before it began, somebody went on without it.
    const left: StandingOf = (id) => (id === 'i2' ? { labelled: false, n: 3 } : answeredBy(id));
    expect(currentQueries(state, left).map(({ n }) => n)).toEqual([3]);
    // A loop that has ended asks for it, too, and then has ended again.
    const ended = fold([...events, { type: 'end', at, reason: 'enough' }]);
    expect(next(ended, 10, answeredBy, 5)).toEqual({ step: 'end', reason: 'enough' });
    expect(next(ended, 10, back, 5).step).toBe('ask');
  });

  it('goes on when more answers are allowed', () => {
    const events: LoopEvent[] = [start, ...iteration(1, 1, 2), { type: 'end', at, reason: 'the budget is used up' }];
    expect(next(fold(events), 2, all, 5).step).toBe('end');
    const more = fold([...events, { type: 'budget', at, author: null, total: 4 }]);
    expect(more.budget).toBe(4);
    expect(next(more, 4, all, 5)).toEqual({ step: 'begin', iteration: 2 });
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
        const step = next(state, 1000, all, 10);
        if (state.iteration > 0 && !state.asked) expect(step.step).toBe('compute');
        else expect(step).toEqual({ step: 'begin', iteration: state.iteration + 1 });
        expect(fold(log).queries.slice(0, state.queries.length)).toEqual(state.queries);
      }),
    );
  });
});
