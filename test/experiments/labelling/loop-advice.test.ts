import { describe, expect, it } from 'vitest';
import { loopAdvice } from '../../../src/experiments/labelling/loop-advice.js';
import { foldLoop, type LoopState } from '../../../src/experiments/labelling/loop-state.js';
import type { GivenLabel } from '../../../src/schema/labelling.js';
import type { LoopEvent } from '../../../src/schema/loop-log.js';

const at = '2026-01-01T00:00:00.000Z';

/** A loop whose queries were answered with these families, and whose model was worth `quality` at each iteration. */
function loopWith(families: readonly (string | null)[], quality: readonly (number | null)[]) {
  const start = {
    type: 'start',
    at,
    author: null,
    id: 'L',
    kind: 'active-learning',
    project: 'P',
    dataset: 'D',
  } as const;
  const events: LoopEvent[] = [{ ...start, datasetHash: 'x', labelSet: 'set', request: {}, settings: {} }];
  const queries = families.map((_, k) => {
    return { n: k + 1, instanceId: `i${k}`, ident: 'x', reason: 'because', value: 0, suggestion: null };
  });
  const rest = { labels: 0, malicious: 0, benign: 0, unlabeled: 0, families: { malicious: 0, benign: 0, all: 0 } };
  quality.forEach((auc, k) => {
    events.push({ type: 'iteration', at, iteration: k + 1, labels: 0 });
    if (k === 0) events.push({ type: 'queries', at, iteration: 1, kind: 'random', queries, notes: [] });
    const figures = { iteration: k + 1, ...rest, figures: { 'cv.rocAuc': auc }, seconds: [] };
    events.push({ type: 'asked', at, iteration: k + 1, figures, warnings: [] });
  });
  const labels = new Map(families.map((family, k): [string, GivenLabel] => [`i${k}`, { label: 'malicious', family }]));
  return { state: foldLoop(events) as LoopState, labels };
}

const advice = (families: readonly (string | null)[], quality: readonly (number | null)[] = [null]): string[] => {
  const { state, labels } = loopWith(families, quality);
  return loopAdvice(state, labels);
};

const repeated = (family: string | null, count: number) => Array.from({ length: count }, () => family);

describe('the advice of a loop', () => {
  it('says nothing before an answer, and that it is too early while little is known', () => {
    expect(advice([])).toEqual([]);
    const early = advice([...repeated('a', 19), ...repeated(null, 30)], [0.9, 0.9, 0.9]);
    expect(early).toEqual([expect.stringMatching(/^too early to say whether going on pays: it takes 20 answers/)]);
  });

  it('speaks for going on while new families are likely (Good and Turing: met once / answers)', () => {
    const [verdict, estimate] = advice([...repeated('a', 17), 'b', 'c', 'd']);
    expect(verdict).toBe('going on pays: families nobody met yet are likely');
    expect(estimate).toMatch(/^about 15 % \(at most \d+ %\) of further answers .*: 3 of 4 families were met once/);
  });

  it('speaks against it when everything was met often and the model stays', () => {
    const sentences = advice([...repeated('a', 150), ...repeated('b', 150)], [0.9, 0.95, 0.951, 0.951, 0.951]);
    expect(sentences).toEqual([
      'going on hardly pays: new families are unlikely, and the model has stopped changing',
      'every family met so far was met more than once: of further answers at most 1 % would be of a new one',
      'the last 100 answers brought no new family',
      'the model has stopped changing: its cross-validated ROC AUC moved by 0.0010 in three iterations',
    ]);
  });

  it('tells which side speaks for going on', () => {
    const quality = [0.9, 0.9, 0.9, 0.95];
    expect(advice(repeated('a', 300), quality)[0]).toBe('going on pays: the model still changes');
    expect(advice([...repeated('a', 200), ...repeated('c', 100)], quality)).toContain(
      'the last 100 answers brought 1 new family',
    );
    expect(advice(repeated(null, 40), quality)).toEqual([
      'going on pays: the model still changes',
      "the model's cross-validated ROC AUC rose by 0.050 in three iterations",
    ]);
  });
});
