import type { CalibrationMethod } from '../calibration/calibration.js';
import type { FittedClassifier, TrainingSet } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import type { FitContext } from '../fit-context.js';
import type { Params } from '../params.js';
import { fitCredibility } from '../credibility/credibility.js';
import { fitMedianImputer } from '../preprocessing/impute.js';
import { fitModel } from '../tasks/fit-model.js';
import { calibrate } from './calibrate.js';
import { type GridSearchResult, gridSearch } from './grid-search.js';
import type { ObjectiveId } from './objectives.js';
import { type Round, roundsOfFolds } from './rounds.js';
import { stratifiedFolds } from './stratified-folds.js';
import type { ClassName, TrainedModel } from './trained-model.js';

export interface TrainingPlan {
  readonly model: ClassifierId;
  /** More than one point: the best by cross-validation inside the training set is taken. */
  readonly points: readonly Params[];
  readonly tuningFolds: number;
  readonly objective: ObjectiveId;
  readonly at: number;
  readonly impute: boolean;
  /** Absent: probabilities are the model's own. The rounds are those of the search. */
  readonly calibrate?: CalibrationMethod;
  /** Share of the predictions to reject; the model is kept able to tell how credible one is if it is positive. */
  readonly reject?: number;
}

export interface TrainingInput extends TrainingSet {
  readonly featureNames: readonly string[];
  readonly classes: readonly ClassName[];
  /** instance_id of each row: what its tuning fold depends on. */
  readonly ids: readonly string[];
  /** Rounds of the search and the calibration, of rows of this input; absent: stratified folds, drawn by seed and instance_id. */
  readonly tuningRounds?: readonly Round[];
}

export interface Trained {
  readonly model: TrainedModel;
  /** Null where there was only one point. */
  readonly search: GridSearchResult | null;
  readonly warnings: readonly string[];
}

/** Tunes (if there is a choice), fits a model on all rows of `input`, and calibrates it if the plan says so. */
export async function train(plan: TrainingPlan, input: TrainingInput, context: FitContext): Promise<Trained> {
  const search = plan.points.length > 1 ? await tune(plan, input, context) : null;
  const params = search ? search.points[search.best].params : plan.points[0];
  const imputer = plan.impute ? fitMedianImputer(input.X) : undefined;
  const data = { ...input, X: imputer ? imputer.apply(input.X) : input.X };
  context.progress?.(0, 1, 'fitting the chosen model');
  const { fitted, warnings } = await fit(plan.model, params, data, context);
  const calibrated = plan.calibrate
    ? await calibrate(
        { ...plan, method: plan.calibrate, params, data: input, rounds: roundsOf(plan, input, context) },
        context,
      )
    : null;
  const missing = plan.impute || classifiers[plan.model].accepts.missing;
  const credibility = plan.reject
    ? await fitCredibility(input.X, input.y, input.classCount, input.ids, missing, context)
    : undefined;
  const { featureNames, classes } = input;
  const told = [imputer?.warnings(featureNames), search?.warnings, warnings, calibrated?.warnings];
  return {
    model: {
      model: plan.model,
      params,
      featureNames,
      classes,
      imputer,
      fitted,
      calibration: calibrated?.calibration,
      credibility,
    },
    search,
    warnings: [...new Set(told.flatMap((sentences) => sentences ?? []))],
  };
}

/** What tuning trains and judges on, time after time, inside the training rows. */
export function roundsOf(
  { tuningFolds }: Pick<TrainingPlan, 'tuningFolds'>,
  input: TrainingInput,
  { seed }: Pick<FitContext, 'seed'>,
): readonly Round[] {
  const strata = Int32Array.from(input.y);
  return input.tuningRounds ?? roundsOfFolds(stratifiedFolds(input.ids, strata, tuningFolds, seed), tuningFolds);
}

function tune(plan: TrainingPlan, input: TrainingInput, context: FitContext): Promise<GridSearchResult> {
  const { model, points, objective, at, impute } = plan;
  const rounds = roundsOf(plan, input, context);
  return gridSearch({ model, points, data: input, rounds, objective, at, impute }, context);
}

async function fit(
  model: ClassifierId,
  params: Params,
  data: TrainingSet,
  context: FitContext,
): Promise<{ fitted: FittedClassifier; warnings: readonly string[] }> {
  const classifier = classifiers[model];
  if (classifier.parallelFit) {
    const fitted = await classifier.fit(data, params, context);
    return { fitted, warnings: fitted.warnings };
  }
  const { X, y, classCount, weights } = data;
  const session = context.executor.open({ X, y, classCount, weights });
  try {
    const [reply] = await session.map(fitModel, [{ model, params, seed: context.seed }], { signal: context.signal });
    return { fitted: classifier.revive(reply.json), warnings: reply.warnings };
  } finally {
    await session.close();
  }
}
