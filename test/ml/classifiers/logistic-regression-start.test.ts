import { describe, expect, it } from 'vitest';
import { logisticLoss } from '../../../src/ml/classifiers/logistic-regression/logistic-loss.js';
import { type BinaryProblem, nullModel } from '../../../src/ml/linear/binary-problem.js';
import { fitL2 } from '../../../src/ml/linear/l2-newton.js';
import { sampleStart } from '../../../src/ml/linear/sample-start.js';
import { norm } from '../../../src/ml/kernels/vectors.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { standardisedDesign } from '../../../src/ml/preprocessing/standardisation-design.js';
import { randomStream } from '../../../src/ml/random/stream.js';

/** n rows of d correlated columns: neighbours share `share` of their variance; a noisy linear rule. */
function problemOf(n: number, d: number, share: number, C: number): BinaryProblem {
  const stream = randomStream(11, 'start test');
  const target = new Uint8Array(n);
  const rows = Array.from({ length: n }, (_, i) => {
    const common = stream.normal();
    const row = Array.from({ length: d }, () => Math.sqrt(share) * common + Math.sqrt(1 - share) * stream.normal());
    target[i] = Number(row[0] - 2 * row[1] + row[2] + 1.5 * stream.normal() > 1);
    return row;
  });
  const { design } = standardisedDesign(denseFromRows(rows));
  return { loss: logisticLoss, design, target, cost: new Float64Array(n).fill(C), interceptPenalty: false };
}

function distance(a: Float64Array, b: Float64Array): number {
  return norm(a.map((value, j) => value - b[j])) / norm(b);
}

describe('sampleStart', () => {
  it.each([
    ['independent columns', 0.1, 1],
    ['nearly equal columns', 0.9999, 1],
    ['a strong penalty', 0.5, 1e-4],
    ['a weak penalty', 0.9, 1e4],
  ])('leads to the same solution in fewer iterations: %s', (_, share, C) => {
    const problem = problemOf(8000, 12, share, C);
    const exact = nullModel(problem);
    fitL2(problem, exact, { tol: 1e-11, maxIter: 100 });
    const options = { tol: 1e-4, maxIter: 100 };
    const fromNull = nullModel(problem);
    const plain = fitL2(problem, fromNull, options);
    const beta = sampleStart(problem, options);
    if (!beta) throw new Error('the sample is large enough');
    const near = fitL2(problem, beta, { ...options, nearby: true });
    expect(plain.converged && near.converged).toBe(true);
    // tol is the bound that is promised.
    expect(distance(fromNull, exact)).toBeLessThan(1e-4);
    expect(distance(beta, exact)).toBeLessThan(1e-4);
    expect(near.iterations).toBeLessThanOrEqual(plain.iterations);
  });

  it('is left alone where the rows are few, or of nearly one class', () => {
    const options = { tol: 1e-4, maxIter: 100 };
    expect(sampleStart(problemOf(1000, 12, 0.1, 1), options)).toBeUndefined();
    const problem = problemOf(8000, 12, 0.1, 1);
    const target = problem.target.map((_, i) => Number(i < 300));
    expect(sampleStart({ ...problem, target }, options)).toBeUndefined();
  });
});
