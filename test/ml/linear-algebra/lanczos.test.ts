import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { largestEigenpairs } from '../../../src/ml/linear-algebra/lanczos.js';
import { symmetricEigen } from '../../../src/ml/linear-algebra/symmetric-eigen.js';
import { randomStream } from '../../../src/ml/random/stream.js';

function operatorOf(matrix: Float64Array, order: number) {
  return {
    order,
    multiply(x: Float64Array, result: Float64Array): void {
      for (let i = 0; i < order; i++) {
        result[i] = 0;
        for (let j = 0; j < order; j++) result[i] += matrix[i * order + j] * x[j];
      }
    },
  };
}

/** A matrix with these eigenvalues in a random basis. */
function matrixOf(values: readonly number[], seed: number): Float64Array {
  const s = values.length;
  const stream = randomStream(seed, 'test');
  const some = Float64Array.from({ length: s * s }, () => stream.normal());
  const symmetric = some.map((x, at) => x + some[(at % s) * s + Math.floor(at / s)]);
  const { vectors } = symmetricEigen(symmetric, s);
  const matrix = new Float64Array(s * s);
  values.forEach((value, k) => {
    for (let i = 0; i < s; i++) {
      for (let j = 0; j < s; j++) matrix[i * s + j] += value * vectors[k * s + i] * vectors[k * s + j];
    }
  });
  return matrix;
}

it('finds the largest eigenpairs, multiple ones as often as they occur', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(1000),
      (values, wanted, seed) => {
        const s = values.length;
        const k = Math.min(wanted, s);
        const matrix = matrixOf(values, seed);
        const {
          values: found,
          vectors,
          converged,
        } = largestEigenpairs(operatorOf(matrix, s), k, randomStream(seed, 'start'));
        expect(converged).toBe(true);
        const sorted = values.toSorted((a, b) => b - a);
        for (let c = 0; c < k; c++) {
          expect(found[c]).toBeCloseTo(sorted[c], 7);
          const vector = vectors.subarray(c * s, (c + 1) * s);
          const product = new Float64Array(s);
          operatorOf(matrix, s).multiply(vector, product);
          product.forEach((x, i) => {
            expect(x).toBeCloseTo(found[c] * vector[i], 6);
          });
          for (let other = 0; other <= c; other++) {
            let dot = 0;
            for (let i = 0; i < s; i++) dot += vector[i] * vectors[other * s + i];
            expect(dot).toBeCloseTo(other === c ? 1 : 0, 8);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});

it('finds a double eigenvalue among many others', () => {
  const values = Array.from({ length: 120 }, (_, i) => (i < 2 ? 50 : 40 * 0.97 ** i));
  const { values: found } = largestEigenpairs(operatorOf(matrixOf(values, 3), 120), 3, randomStream(0, 'start'));
  expect(Array.from(found, (value) => Number(value.toFixed(9)))).toEqual([50, 50, Number((40 * 0.97 ** 2).toFixed(9))]);
});
