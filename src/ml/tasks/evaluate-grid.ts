import type { FittedClassifier, TrainingSet } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { defineTask, type FitContext, throwIfCancelled } from '../fit-context.js';
import { type ObjectiveId, objectiveValue } from '../model-selection/objectives.js';
import type { Params } from '../params.js';
import { gatherFold, type SidedRows } from './fold-data.js';

export type EvaluateGridShared = SidedRows;

export interface EvaluateGridItem {
  readonly model: ClassifierId;
  /** Grid points fitted together: along a path of warm starts where the model has one. */
  readonly points: readonly Params[];
  readonly fold: number;
  readonly seed: number;
  readonly objective: ObjectiveId;
  /** Rate of the objectives that have one (dr-at-fpr, dr-at-fdr). */
  readonly at: number;
  readonly impute: boolean;
}

export interface EvaluateGridOutput {
  /** One value per point; null where the fold leaves it undefined. */
  readonly values: readonly (number | null)[];
  readonly warnings: readonly string[];
}

/** Fits grid points on one side of a round and evaluates them on the other. */
export const evaluateGrid = defineTask({
  id: 'evaluate-grid',
  async run(shared: EvaluateGridShared, item: EvaluateGridItem, context): Promise<EvaluateGridOutput> {
    const { executor, signal } = context;
    const fold = context.memo(`fold ${item.fold}`, () => gatherFold(shared, item.fold, item.impute));
    const fits = await fitPoints(item, fold.training, { seed: item.seed, executor, signal });
    throwIfCancelled(signal);
    return {
      values: fits.map((fit) => objectiveValue(item.objective, fit.predict(fold.X), fold.y, item.at)),
      warnings: fits.flatMap((fit) => fit.warnings),
    };
  },
});

async function fitPoints(
  item: EvaluateGridItem,
  training: TrainingSet,
  context: FitContext,
): Promise<FittedClassifier[]> {
  const classifier = classifiers[item.model];
  if (classifier.fitPath) return classifier.fitPath(training, item.points, context);
  const fits: FittedClassifier[] = [];
  for (const params of item.points) fits.push(await classifier.fit(training, params, context));
  return fits;
}
