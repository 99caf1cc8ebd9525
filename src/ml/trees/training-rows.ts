import { UserError } from '../../errors.js';
import type { TrainingSet } from '../classifiers/classifier.js';
import { type FeatureMatrix, selectRows, sharedFloat64 } from '../matrix/feature-matrix.js';
import { exactWeights } from './exact-weights.js';

/** A training set as trees take it. */
export interface TrainingRows {
  readonly X: FeatureMatrix;
  /** On a shared buffer. */
  readonly y: Uint32Array;
  readonly classCount: number;
  /** Length n, > 0, exact (see exactWeights), on a shared buffer. */
  readonly weights: Float64Array;
}

/** Leaves out the rows of weight 0 and makes the weights exact. Throws UserError where no row is left. */
export function trainingRows(data: TrainingSet): TrainingRows {
  const { classCount, weights } = data;
  let { X, y } = data;
  let kept = weights;
  if (weights?.includes(0)) {
    const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0);
    X = selectRows(X, rows);
    y = Uint32Array.from(rows, (row) => data.y[row]);
    kept = Float64Array.from(rows, (row) => weights[row]);
  }
  if (X.rows === 0) throw new UserError('there is no row of positive weight to learn from');
  const sharedY = new Uint32Array(new SharedArrayBuffer(y.byteLength));
  sharedY.set(y);
  const sharedWeights = sharedFloat64(X.rows);
  if (kept) sharedWeights.set(exactWeights(kept));
  else sharedWeights.fill(1);
  return { X, y: sharedY, classCount, weights: sharedWeights };
}
