import { InterruptedError, UserError } from '../../errors.js';
import type { CancelSignal } from '../../ml/fit-context.js';
import { type GridSearchResult, gridSearch } from '../../ml/model-selection/grid-search.js';
import type { Round } from '../../ml/model-selection/rounds.js';
import { roundsOf, type Trained, type TrainingInput, train } from '../../ml/model-selection/train.js';
import type { Params } from '../../ml/params.js';
import { raceStage } from '../../schema/vocabulary.js';
import type { ExperimentContext } from '../experiment.js';
import { type Candidate, startingOrder, tooSlowFor, unfitFor } from './race-candidates.js';
import type { ClassifySettings } from './settings.js';

/** How far a candidate came. */
export type Standing =
  /** All its points were judged. */
  | 'judged'
  /** Its defaults were; the time was up before, or while, the others were. */
  | 'defaults'
  /** The time was up. */
  | 'stopped'
  | 'not-begun'
  /** It cannot run on such data. */
  | 'left-out';

export interface Runner {
  readonly candidate: Candidate;
  readonly standing: Standing;
  /** Why it was left out; null else. */
  readonly reason: string | null;
  /** Of the points that were judged; null for none. */
  readonly search: GridSearchResult | null;
}

export interface RaceResult {
  readonly runners: readonly Runner[];
  /** Index of the runner with the highest mean; the first of equals. */
  readonly won: number;
}

/** What the race decided on, trained. */
export interface RacedModel extends Trained {
  readonly race: RaceResult;
}

/**
 * Trains the best of several models: all are judged by the same objective in the same rounds inside the training rows,
 * first each with its defaults (see startingOrder), then their grids, the best so far first. The winner alone is trained
 * on all rows. When the time is up the best of what was judged wins; the first candidate is judged whatever the time.
 * Without a limit, or one that is not reached, the same seed gives the same model.
 * @param missing whether the model will meet missing cells, in training or later
 */
export async function trainByRace(
  settings: ClassifySettings,
  candidates: readonly Candidate[],
  input: TrainingInput,
  missing: boolean,
  context: ExperimentContext,
): Promise<RacedModel> {
  const rounds = roundsOf(settings, input, context);
  const race = await new RaceTrack(settings, candidates, input, missing, rounds, context).run();
  const { candidate, search } = race.runners[race.won];
  if (!search) throw new Error('a race without a winner');
  context.stage(`training ${candidate.model}`);
  const { params } = search.points[search.best];
  const trained = await train({ ...settings, model: candidate.model, points: [params] }, input, context);
  return { ...trained, search, race, warnings: [...new Set([...trained.warnings, ...search.warnings])] };
}

class RaceTrack {
  private readonly found = new Map<Candidate, GridSearchResult>();
  private readonly standing = new Map<Candidate, Standing>();
  private readonly limit: CancelSignal | undefined;

  constructor(
    private readonly settings: ClassifySettings,
    private readonly candidates: readonly Candidate[],
    private readonly input: TrainingInput,
    private readonly missing: boolean,
    private readonly rounds: readonly Round[],
    private readonly context: ExperimentContext,
  ) {
    const { timeLimit } = settings;
    this.limit = timeLimit === undefined ? undefined : context.timeLimit?.(timeLimit);
  }

  async run(): Promise<RaceResult> {
    const { input, rounds, settings, found } = this;
    const reasons = new Map(this.candidates.map((candidate) => [candidate, unfitFor(candidate, input, this.missing)]));
    const fit = this.candidates.filter((candidate) => reasons.get(candidate) === null);
    if (fit.length === 0) throw noneFits(reasons);
    const [first, ...others] = startingOrder(fit, input);
    if (settings.timeLimit === undefined) {
      for (const candidate of others) reasons.set(candidate, tooSlowFor(candidate, input, rounds.length));
    }
    const order = [first, ...others.filter((candidate) => reasons.get(candidate) === null)];
    for (const [place, candidate] of order.entries()) {
      const reached = await this.judge(candidate, candidate.points.slice(0, 1), place === 0);
      this.standing.set(candidate, reached ? 'judged' : this.wasBegun ? 'stopped' : 'not-begun');
    }
    const best = order.toSorted((a, b) => meanOf(found.get(b)) - meanOf(found.get(a)));
    for (const candidate of best) {
      if (candidate.points.length === 1 || !found.has(candidate)) continue;
      if (!(await this.judge(candidate, candidate.points.slice(1), false))) this.standing.set(candidate, 'defaults');
    }
    const runners = this.candidates.map((candidate): Runner => {
      const reason = reasons.get(candidate) ?? null;
      const standing = this.standing.get(candidate) ?? 'left-out';
      return { candidate, standing, reason, search: found.get(candidate) ?? null };
    });
    let won = runners.findIndex(({ search }) => search !== null);
    runners.forEach(({ search }, i) => {
      if (meanOf(search) > meanOf(runners[won].search)) won = i;
    });
    return { runners, won };
  }

  /** Whether the last candidate was under way when its time was up. */
  private wasBegun = false;

  /** Judges points of a candidate; false where the time is up before all are judged. */
  private async judge(candidate: Candidate, points: readonly Params[], whatever: boolean): Promise<boolean> {
    const { settings, input, rounds, context, limit, found } = this;
    this.wasBegun = false;
    if (limit?.cancelled && !whatever) return false;
    this.wasBegun = true;
    const { signal } = context;
    const either: CancelSignal = {
      get cancelled() {
        return signal?.cancelled === true || (!whatever && limit?.cancelled === true);
      },
    };
    const { objective, at, impute } = settings;
    const request = { model: candidate.model, points, data: input, rounds, objective, at, impute };
    context.stage(raceStage(candidate.model));
    try {
      const search = await gridSearch(request, { ...context, signal: either });
      found.set(candidate, together(found.get(candidate), search));
      return true;
    } catch (error) {
      if (!(error instanceof InterruptedError) || signal?.cancelled) throw error;
      return false;
    }
  }
}

function noneFits(reasons: ReadonlyMap<Candidate, string | null>): UserError {
  const each = [...reasons].map(([{ model }, reason]) => `${model}: ${reason}`);
  return new UserError(`no model of auto can learn from these rows (${each.join('; ')})`, {
    hint: 'mend what is told of one of them, or name a model: secuml models',
  });
}

function meanOf(search: GridSearchResult | null | undefined): number {
  return search?.points[search.best].mean ?? -Infinity;
}

function together(before: GridSearchResult | undefined, search: GridSearchResult): GridSearchResult {
  if (!before) return search;
  const points = [...before.points, ...search.points];
  const best = meanOf(search) > meanOf(before) ? before.points.length + search.best : before.best;
  return { points, best, warnings: [...before.warnings, ...search.warnings] };
}
