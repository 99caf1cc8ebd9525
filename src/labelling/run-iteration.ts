import type { IterationInput } from '../experiments/labelling/compute-iteration.js';
import { labelColumn, labelsAfter } from '../experiments/labelling/known-labels.js';
import { answered, foldLoop } from '../experiments/labelling/loop-state.js';
import { suggestionAccuracy } from '../experiments/labelling/suggestion-accuracy.js';
import type { QueryGroup } from '../ml/active-learning/strategy.js';
import type { CancelSignal } from '../ml/fit-context.js';
import type { IterationFigures } from '../schema/labelling.js';
import type { LoopEvent, PublishedQuery } from '../schema/loop-log.js';
import type { AlikeRows } from './alike-rows.js';
import { candidateRows } from './candidate-rows.js';
import { clock } from './clock.js';
import type { LoopParts } from './loop-parts.js';
import { budgetOf, type LoopSnapshot } from './loop-snapshot.js';

/** Why a loop ends whose strategy asks for nothing. */
const nothingLeft = 'there is nothing left to ask';

/** Told what goes on while an iteration is computed. */
export interface IterationWatch {
  readonly signal: CancelSignal;
  progress(stage: string, done: number, total: number): void;
  /** A group of queries is on the disk. */
  published(): Promise<void>;
}

/**
 * Computes the current iteration of a loop and writes down its queries, group by group, and what it found. What is out
 * already, from before a crash or from a process that computes it too, is not written again: it is the same, as chance is
 * seeded. Throws InterruptedError when cancelled.
 */
export async function runIteration(
  parts: LoopParts,
  alike: AlikeRows,
  snapshot: LoopSnapshot,
  watch: IterationWatch,
): Promise<void> {
  const { stored, settings, executor, data, compute } = parts;
  const { state, events } = snapshot;
  const { iteration } = state;
  const known = labelsAfter(events, state.labels);
  const column = labelColumn(data.dataset, known);
  const earlier = { ...state, queries: state.queries.filter((query) => query.iteration < iteration) };
  const input: IterationInput = {
    dataset: { ...data.dataset, labels: column, truth: data.truth },
    X: data.X,
    validationDatasets: data.validationDatasets,
    iteration,
    candidates: candidateRows(alike, state, iteration, known),
    limit: Math.max(0, budgetOf(state, settings) - answered(earlier, (id) => known.has(id))),
  };
  const stages = new StageTimes();
  let groups = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const publish = (group: QueryGroup): void => {
    const place = groups++;
    writing = writing.then(async () => {
      const added = await stored.append((log) => {
        const now = foldLoop(log);
        if (now?.iteration !== iteration || now.asked || now.groups !== place) return null;
        const { families } = column;
        return [queriesEvent(group, now.queries.length + 1, iteration, parts, families)];
      });
      if (added) await watch.published();
    });
    // What it fails with is thrown below.
    writing.catch(() => undefined);
  };
  const outcome = await compute(
    input,
    settings,
    {
      seed: settings.seed,
      executor,
      signal: watch.signal,
      stage: (stage) => {
        stages.begin(stage);
        watch.progress(stage, 0, 1);
      },
      progress: (done, total) => watch.progress(stages.current, done, total),
    },
    publish,
  );
  await writing;
  const asked = earlier.queries.filter((query) => query.iteration === iteration - 1);
  const figures = {
    ...outcome.figures,
    figures: { ...outcome.figures.figures, ...suggestionAccuracy(asked, known) },
    seconds: stages.end(),
  };
  await stored.append((log) => endOfIteration(log, figures, outcome.warnings));
}

function endOfIteration(
  log: readonly LoopEvent[],
  figures: IterationFigures,
  warnings: readonly string[],
): LoopEvent[] | null {
  const { iteration } = figures;
  const state = foldLoop(log);
  if (state?.iteration !== iteration || state.asked) return null;
  const asked: LoopEvent = { type: 'asked', at: clock(), iteration, figures, warnings: [...warnings] };
  const some = state.queries.some((query) => query.iteration === iteration);
  return some ? [asked] : [asked, { type: 'end', at: clock(), reason: nothingLeft }];
}

function queriesEvent(
  { kind, queries, notes }: QueryGroup,
  first: number,
  iteration: number,
  { data: { dataset } }: LoopParts,
  families: readonly string[],
): LoopEvent {
  const published = queries.map(({ row, reason, value, suggestion }, k): PublishedQuery => {
    return {
      n: first + k,
      instanceId: dataset.ids[row],
      ident: dataset.idents[row],
      reason,
      value: Number.isFinite(value) ? value : null,
      suggestion: suggestion && {
        label: suggestion.label === 1 ? 'malicious' : 'benign',
        family: families[suggestion.family] ?? null,
        confidence: suggestion.confidence,
      },
    };
  });
  return { type: 'queries', at: clock(), iteration, kind, queries: published, notes: [...notes] };
}

/** Seconds of each stage; one that is come back to is counted once. */
class StageTimes {
  current = 'computing';
  private since = performance.now();
  private readonly spent = new Map<string, number>();

  begin(stage: string): void {
    const now = performance.now();
    this.spent.set(this.current, (this.spent.get(this.current) ?? 0) + now - this.since);
    [this.current, this.since] = [stage, now];
  }

  end(): { stage: string; seconds: number }[] {
    this.begin('');
    return [...this.spent]
      .filter(([stage, spent]) => stage !== 'computing' || spent >= 1)
      .map(([stage, spent]) => ({ stage, seconds: Math.round(spent) / 1000 }));
  }
}
