import type { LoopDriver } from '../../labelling/loop-driver.js';
import { pastIteration } from '../../labelling/past-iteration.js';
import { stateOf } from '../../experiments/labelling/loop-state.js';
import type { LoopModel, LoopModelQuery } from '../../schema/api/loops.js';
import { RequestError } from '../http/failure.js';
import { type OutcomeRows, outcomeRows } from './outcome-rows.js';

/** Models kept ready: one goes to and fro between two iterations. */
const keptModels = 3;

interface PastModel {
  readonly outcome: Awaited<ReturnType<typeof pastIteration>>;
  readonly rows: OutcomeRows | null;
}

/** The models of a loop's past iterations, trained when somebody asks for one; the last few are kept. */
export class LoopModels {
  private readonly models = new Map<number, Promise<PastModel>>();

  constructor(private readonly driver: LoopDriver) {}

  /** What the iteration's model is worth, and what became of its queries. */
  async model(iteration: number): Promise<LoopModel> {
    const { outcome } = await this.open(iteration);
    const { settings, warnings, headline, panels } = outcome;
    const { state, labels, standingOf } = this.driver.known;
    const queries = state.queries
      .filter((query) => query.iteration === iteration)
      .map((query): LoopModelQuery => {
        const given = labels.get(query.instanceId) ?? null;
        const { n, kind, instanceId, ident, reason, suggestion } = query;
        return {
          n,
          kind,
          instanceId,
          ident,
          reason,
          suggestion,
          answer: given,
          state: stateOf(state, query, standingOf),
        };
      });
    return { iteration, settings, warnings: [...warnings], headline: { ...headline }, panels: [...panels], queries };
  }

  /** Throws RequestError 404 where there were too few answers for a model. */
  async rows(iteration: number): Promise<OutcomeRows> {
    const { rows } = await this.open(iteration);
    if (rows) return rows;
    throw new RequestError(404, `iteration ${iteration} has no model: too few answers`);
  }

  private open(iteration: number): Promise<PastModel> {
    const model = this.models.get(iteration) ?? this.train(iteration);
    this.models.delete(iteration);
    this.models.set(iteration, model);
    model.catch(() => this.models.delete(iteration));
    for (const [oldest] of this.models) {
      if (this.models.size <= keptModels) break;
      this.models.delete(oldest);
    }
    return model;
  }

  private async train(iteration: number): Promise<PastModel> {
    const { parts, known } = this.driver;
    const { settings, executor, signal } = parts;
    const context = { seed: settings.seed, executor, signal, stage: () => undefined };
    const outcome = await pastIteration(parts, known, iteration, context);
    return { outcome, rows: outcome.predictions ? outcomeRows(outcome.predictions) : null };
  }
}
