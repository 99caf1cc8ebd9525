import { describe, expect, it } from 'vitest';
import { permutationDrops } from '../../../src/ml/explanation/permutation-importance.js';
import { denseFromRows, type FeatureMatrix, toDense, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import golden from '../../golden/permutation-importance.json' with { type: 'json' };

const dense = denseFromRows(golden.X);
const positive = Uint8Array.from(golden.y);
const permutations = golden.permutations.map((permutation) => Uint32Array.from(permutation));

const linear =
  (coefficients: readonly number[]) =>
  (X: FeatureMatrix): Float64Array => {
    const { rows, columns, values } = toDense(X);
    return Float64Array.from({ length: rows }, (_, i) =>
      coefficients.reduce((sum, weight, j) => sum + weight * values[i * columns + j], golden.intercept),
    );
  };

describe('permutation importance', () => {
  for (const X of [dense, toSparse(dense)]) {
    it(`is that of scikit-learn for the same permutations, ${X.kind}`, () => {
      const valueOf = linear(golden.coefficients);
      golden.importances.forEach((expected, feature) => {
        const drops = permutationDrops(X, feature, permutations, valueOf(X), positive, valueOf);
        drops.forEach((drop, repeat) => expect(drop).toBeCloseTo(expected[repeat], 12));
      });
      expect(golden.importances[0][0]).toBeGreaterThan(0.1);
    });

    it(`asks for changed rows only, in the representation given, ${X.kind}`, () => {
      const valueOf = linear(golden.coefficients);
      const [permutation] = permutations;
      const changed = golden.X.filter((row, i) => row[2] !== golden.X[permutation[i]][2]).length;
      const asked: [string, number][] = [];
      permutationDrops(X, 2, [permutation], valueOf(X), positive, (Z) => {
        asked.push([Z.kind, Z.rows]);
        return valueOf(Z);
      });
      expect(asked).toEqual([[X.kind, changed]]);
      expect(changed).toBeLessThan(60);
    });
  }

  it('is exactly 0 for a feature that the model does not use', () => {
    const valueOf = linear([1, 0, 2, 0]);
    const drops = permutationDrops(dense, 1, permutations, valueOf(dense), positive, valueOf);
    expect([...drops]).toEqual([0, 0, 0, 0]);
  });

  it('is exactly 0 for a constant feature, without asking the model', () => {
    const X = denseFromRows(golden.X.map(([a]) => [a, 5]));
    const base = Float64Array.from(golden.X, ([a]) => a);
    const drops = permutationDrops(X, 1, permutations, base, positive, () => {
      throw new Error('asked');
    });
    expect([...drops]).toEqual([0, 0, 0, 0]);
  });

  it('refuses rows of one class', () => {
    const valueOf = linear(golden.coefficients);
    const one = new Uint8Array(60).fill(1);
    expect(() => permutationDrops(dense, 0, permutations, valueOf(dense), one, valueOf)).toThrow(RangeError);
  });
});
