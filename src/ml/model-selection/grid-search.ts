import type { TrainingSet } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import type { FitContext } from '../fit-context.js';
import type { Params } from '../params.js';
import { type EvaluateGridItem, evaluateGrid } from '../tasks/evaluate-grid.js';
import type { ObjectiveId } from './objectives.js';
import { type Round, roundSides } from './rounds.js';

export interface GridSearchRequest {
  readonly model: ClassifierId;
  readonly points: readonly Params[];
  readonly data: TrainingSet;
  /** What to train on and what to judge on, time after time. */
  readonly rounds: readonly Round[];
  readonly objective: ObjectiveId;
  readonly at: number;
  readonly impute: boolean;
}

/** How one grid point did. */
export interface GridPoint {
  readonly params: Params;
  readonly folds: readonly (number | null)[];
  /** Over the folds where the objective is defined; null if there is none. */
  readonly mean: number | null;
  /** Population standard deviation over the same folds. */
  readonly std: number | null;
}

export interface GridSearchResult {
  readonly points: readonly GridPoint[];
  /** Index of the point with the highest mean; the first one of equals. */
  readonly best: number;
  readonly warnings: readonly string[];
}

/**
 * Search over all grid points, each judged in every round: each (round, path of points) is one task. Points that differ only in
 * the model's path parameters are fitted together by warm starts.
 */
export async function gridSearch(request: GridSearchRequest, context: FitContext): Promise<GridSearchResult> {
  const { points, data, rounds } = request;
  const foldCount = rounds.length;
  const paths = groupIntoPaths(request.model, points);
  const items = paths.flatMap((path) =>
    Array.from({ length: foldCount }, (_, fold) => ({ path, task: taskItem(request, path, fold, context.seed) })),
  );
  const { X, y, classCount, weights } = data;
  const session = context.executor.open({ X, y, classCount, weights, sides: roundSides(rounds, y.length) });
  try {
    const outputs = await session.map(
      evaluateGrid,
      items.map((item) => item.task),
      { signal: context.signal, progress: (done, total) => context.progress?.(done, total, 'tuning') },
    );
    const values = points.map(() => new Array<number | null>(foldCount).fill(null));
    items.forEach(({ path, task }, i) => {
      path.forEach((point, k) => {
        values[point][task.fold] = outputs[i].values[k];
      });
    });
    const summaries = points.map((params, i) => summarise(params, values[i]));
    const warnings = [...new Set(outputs.flatMap((output) => output.warnings))];
    return { points: summaries, best: indexOfBest(summaries), warnings };
  } finally {
    await session.close();
  }
}

/** Indexes of `points`, grouped so that a group differs only in the path parameters of the model. */
function groupIntoPaths(model: ClassifierId, points: readonly Params[]): number[][] {
  const { pathParams = [], fitPath } = classifiers[model];
  if (!fitPath) return points.map((_, i) => [i]);
  const groups = new Map<string, number[]>();
  points.forEach((point, i) => {
    const fixed = Object.entries(point).filter(([name]) => !pathParams.includes(name));
    const key = JSON.stringify(fixed);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()];
}

function taskItem(request: GridSearchRequest, path: readonly number[], fold: number, seed: number): EvaluateGridItem {
  const { model, objective, at, impute } = request;
  return { model, points: path.map((i) => request.points[i]), fold, seed, objective, at, impute };
}

function summarise(params: Params, folds: readonly (number | null)[]): GridPoint {
  const defined = folds.filter((value) => value !== null);
  if (defined.length === 0) return { params, folds, mean: null, std: null };
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  const variance = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / defined.length;
  return { params, folds, mean, std: Math.sqrt(variance) };
}

function indexOfBest(points: readonly GridPoint[]): number {
  let best = 0;
  points.forEach((point, i) => {
    if ((point.mean ?? -Infinity) > (points[best].mean ?? -Infinity)) best = i;
  });
  return best;
}
