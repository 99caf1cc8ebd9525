import type { TrainingSet } from '../classifiers/classifier.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { testSide, trainSide } from '../model-selection/rounds.js';
import { fitMedianImputer } from '../preprocessing/impute.js';

/** Labelled rows, and what several rounds do with each of them. */
export interface SidedRows extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
  readonly classCount: number;
  readonly weights?: Float64Array;
  /** rounds×n: what each round does with each row, see `roundSides`. */
  readonly sides: Uint8Array;
}

/** The two sides of a round. */
export interface FoldData {
  readonly training: TrainingSet;
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
}

/** The rows of round `fold`, copied out; with `impute`, missing cells get the medians of its training side. */
export function gatherFold(shared: SidedRows, fold: number, impute: boolean): FoldData {
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
