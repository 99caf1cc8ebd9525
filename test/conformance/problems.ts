import type { TrainingSet } from '../../src/ml/classifiers/classifier.js';
import { type DenseMatrix, denseMatrix, selectRows } from '../../src/ml/matrix/feature-matrix.js';
import { randomStream, shuffle } from '../../src/ml/random/stream.js';

/** A small classification problem: two informative columns, counts with many zeros, noise, a constant. */
export interface Problem {
  readonly name: string;
  readonly training: TrainingSet & { readonly X: DenseMatrix };
  readonly testX: DenseMatrix;
  readonly testY: Uint32Array;
}

const columns = 7;

export function makeProblem(classCount: number, rows = 120): Problem {
  const stream = randomStream(1, 'conformance', classCount);
  const make = (n: number): { X: DenseMatrix; y: Uint32Array } => {
    const X = denseMatrix(n, columns);
    const y = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      y[i] = i % classCount;
      const angle = (2 * Math.PI * y[i]) / classCount;
      const count = stream.below(3) === 0 ? 1 + stream.below(4) + y[i] : 0;
      const row = [
        4 * Math.cos(angle) + stream.normal(),
        4 * Math.sin(angle) + stream.normal(),
        count,
        stream.below(10) === 0 ? 1 : 0,
        1000 * stream.normal(),
        0,
        2.5,
      ];
      X.values.set(row, i * columns);
    }
    return { X, y };
  };
  const training = { ...make(rows), classCount };
  const { X: testX, y: testY } = make(60);
  return { name: classCount === 2 ? 'binary' : `${classCount} classes`, training, testX, testY };
}

/** The same problem for a model of counts: every cell up to the next whole number, its sign by another column. */
export function asCounts({ name, training, testX, testY }: Problem): Problem {
  const counts = ({ rows, values }: DenseMatrix): DenseMatrix => {
    const X = denseMatrix(rows, columns);
    for (let i = 0; i < rows; i++) {
      const [a, b, count, seldom] = values.subarray(i * columns);
      const row = [Math.max(0, a), Math.max(0, b), count, seldom, Math.max(0, -a), 0, Math.max(0, -b)];
      X.values.set(row.map(Math.ceil), i * columns);
    }
    return X;
  };
  return { name, training: { ...training, X: counts(training.X) }, testX: counts(testX), testY };
}

/** Rows around the origin, and one of twelve far from it, for models that learn without labels. */
export function makeOutlierProblem(): Problem {
  const stream = randomStream(1, 'conformance outliers');
  const make = (n: number): { X: DenseMatrix; y: Uint32Array } => {
    const X = denseMatrix(n, columns);
    const y = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      y[i] = i % 12 === 5 ? 1 : 0;
      const angle = 2 * Math.PI * stream.float();
      const away = y[i] === 1 ? 8 : 0;
      const count = stream.below(3) === 0 || y[i] === 1 ? 1 + stream.below(4) + 10 * y[i] : 0;
      const place = [away * Math.cos(angle) + stream.normal(), away * Math.sin(angle) + stream.normal()];
      X.values.set([...place, count, stream.below(2), 1000 * stream.normal(), 0, 2.5], i * columns);
    }
    return { X, y };
  };
  const training = { ...make(240), classCount: 2 };
  const { X: testX, y: testY } = make(60);
  return { name: 'outliers', training, testX, testY };
}

/** The same rows in another order. */
export function permuted({ X, y, classCount }: TrainingSet): TrainingSet {
  const order = Uint32Array.from({ length: X.rows }, (_, i) => i);
  shuffle(order, randomStream(2, 'permutation'));
  return { X: selectRows(X, order), y: Uint32Array.from(order, (row) => y[row]), classCount };
}

/** Every third row has weight 0, the others 1 or 2; and the same without the rows of weight 0. */
export function withAbsentRows({ X, y, classCount }: TrainingSet): { weighted: TrainingSet; absent: TrainingSet } {
  const weights = Float64Array.from(y, (_, i) => i % 3);
  const kept = Uint32Array.from(y.keys()).filter((i) => weights[i] > 0);
  const absent = {
    X: selectRows(X, kept),
    y: Uint32Array.from(kept, (i) => y[i]),
    classCount,
    weights: Float64Array.from(kept, (i) => weights[i]),
  };
  return { weighted: { X, y, classCount, weights }, absent };
}

/** X with one of its columns replaced by `value` everywhere. */
export function withColumn(X: DenseMatrix, column: number, value: number): DenseMatrix {
  const copy = denseMatrix(X.rows, X.columns, X.values.slice());
  for (let i = 0; i < X.rows; i++) copy.values[i * X.columns + column] = value;
  return copy;
}
