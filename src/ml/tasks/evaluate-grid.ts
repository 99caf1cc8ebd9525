import type { FittedClassifier, TrainingSet } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { defineTask, type FitContext, throwIfCancelled } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { type ObjectiveId, objectiveValue } from '../model-selection/objectives.js';
import { testSide, trainSide } from '../model-selection/rounds.js';
import type { Params } from '../params.js';
import { fitMedianImputer } from '../preprocessing/impute.js';

export interface EvaluateGridShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
  readonly classCount: number;
  readonly weights?: Float64Array;
  /** rounds×n: what each round does with each row, see `roundSides`. */
  readonly sides: Uint8Array;
}

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

interface FoldData {
  readonly training: TrainingSet;
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
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

function gatherFold(shared: EvaluateGridShared, fold: number, impute: boolean): FoldData {
  const n = shared.y.length;
  const sides = shared.sides.subarray(fold * n, (fold + 1) * n);
  const inside = rowsWhere(sides, trainSide);
  const outside = rowsWhere(sides, testSide);
  let trainX = selectRows(shared.X, inside);
  let X = selectRows(shared.X, outside);
  if (impute) {
    // Fitted without the fold: nothing of the rows a point is judged on may reach its training.
    const imputer = fitMedianImputer(trainX);
    trainX = imputer.apply(trainX);
    X = imputer.apply(X);
  }
  const pick = <T extends Uint32Array | Float64Array>(values: T, rows: Uint32Array): T => {
    const picked = new (values.constructor as new (length: number) => T)(rows.length);
    for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]];
    return picked;
  };
  const training = {
    X: trainX,
    y: pick(shared.y, inside),
    classCount: shared.classCount,
    weights: shared.weights && pick(shared.weights, inside),
  };
  return { training, X, y: pick(shared.y, outside) };
}

function rowsWhere(sides: Uint8Array, wanted: number): Uint32Array {
  let count = 0;
  for (const side of sides) if (side === wanted) count++;
  const rows = new Uint32Array(count);
  for (let i = 0, k = 0; i < sides.length; i++) if (sides[i] === wanted) rows[k++] = i;
  return rows;
}
