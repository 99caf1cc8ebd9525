import { UserError } from '../../../errors.js';
import { negativeColumns, selectRows, toDense } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';
import type { TrainingSet } from '../classifier.js';

/** What is known of the classes that have rows, in the order of `present`. */
export interface Multinomials {
  /** ln of the share of each class. */
  readonly logPrior: Float64Array;
  /** For each class, length d: ln of the share of each feature among all counts of the class. */
  readonly logShare: readonly Float64Array[];
}

/** Smoothed shares: (Nⱼ + α) / (N + α·d), N being the weighted counts of the class. O(stored cells + k·d). */
export function estimateMultinomials(
  { X, y, weights }: TrainingSet,
  present: readonly number[],
  alpha: number,
  fitPrior: boolean,
): Multinomials {
  const d = X.columns;
  const place = new Map(present.map((c, k) => [c, k]));
  const counts = present.map(() => new Float64Array(d));
  const classWeight = new Float64Array(present.length);
  const entries = new RowEntries(X);
  for (let i = 0; i < X.rows; i++) {
    const weight = weights ? weights[i] : 1;
    const k = place.get(y[i]);
    if (weight === 0 || k === undefined) continue;
    classWeight[k] += weight;
    entries.read(i);
    for (let e = 0; e < entries.count; e++) counts[k][entries.columns[e]] += weight * entries.values[e];
  }
  const rows = classWeight.reduce((sum, weight) => sum + weight, 0);
  return {
    logPrior: classWeight.map((weight) => (fitPrior ? Math.log(weight / rows) : -Math.log(present.length))),
    logShare: counts.map((list) => {
      const total = Math.log(list.reduce((sum, count) => sum + count, 0) + alpha * d);
      return list.map((count) => Math.log(count + alpha) - total);
    }),
  };
}

/**
 * The same by the npm package ml-naivebayes 4.0, whose MultinomialNB is exact: it smooths by 1, knows no weights, and
 * wants classes numbered without a gap, which it is given. Throws UserError for what it does not know.
 */
export async function estimateWithPackage(
  { X, y, weights }: TrainingSet,
  present: readonly number[],
  alpha: number,
  fitPrior: boolean,
): Promise<Multinomials> {
  const refuse = (what: string): never => {
    throw new UserError(`engine=ml-naivebayes ${what}`, { hint: 'use --param engine=secuml' });
  };
  if (weights?.some((weight) => weight !== 1)) refuse('knows no sample weights');
  if (alpha !== 1) refuse('knows no alpha but 1');
  if (!fitPrior) refuse('does not know fitPrior=false');
  const { MultinomialNB } = await import('ml-naivebayes');
  const model = new MultinomialNB();
  const { values, columns } = toDense(X);
  const table = Array.from(y, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
  model.train(
    table,
    Array.from(y, (c) => present.indexOf(c)),
  );
  return {
    logPrior: Float64Array.from(model.priorProbability.to1DArray()),
    logShare: present.map((_, k) => Float64Array.from(model.conditionalProbability.getRow(k))),
  };
}

/** The rows that count; throws UserError for cells that are no counts. */
export function countedRows({ X, y, classCount, weights }: TrainingSet): TrainingSet {
  const kept = weights ? Uint32Array.from(weights.keys()).filter((i) => weights[i] > 0) : undefined;
  const rows = kept ? selectRows(X, kept) : X;
  if (rows.values.some((value) => !Number.isFinite(value))) {
    throw new UserError('a feature has missing or infinite values, which naive Bayes cannot take', {
      hint: 'fill missing values in (--impute median) or leave the feature out',
    });
  }
  const [negative] = negativeColumns(rows);
  if (negative !== undefined) {
    throw new UserError(`feature ${negative + 1} has negative values: multinomial naive Bayes takes counts`);
  }
  if (!kept) return { X, y, classCount };
  const only = { y: Uint32Array.from(kept, (i) => y[i]), weights: Float64Array.from(kept, (i) => weights?.[i] ?? 1) };
  return { X: rows, classCount, ...only };
}
