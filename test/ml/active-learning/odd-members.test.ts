import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { logSpace } from '../../../src/ml/active-learning/log-space.js';
import { type Members, oddMembers, type Turns } from '../../../src/ml/active-learning/odd-members.js';
import { denseFromRows, denseMatrix, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { squaredDistance } from '../../../src/ml/matrix/squared-distance.js';
import { randomStream } from '../../../src/ml/random/stream.js';

/** What the docstring says, without heap or laziness. */
function byHand(X: FeatureMatrix, members: Members, answered: number[], count: number, turns: Turns): number[] {
  const all = members.rows.map((_, member) => member);
  const order = all.slice().sort((a, b) => members.likelihood[a] - members.likelihood[b]);
  const taken: number[] = [];
  while (taken.length < Math.min(count, all.length)) {
    const open = order.filter((member) => !taken.includes(member));
    const byLikelihood = taken.length === 0 || (turns === 'alternately' && taken.length % 2 === 0);
    const value = (member: number): number => {
      const others = [...answered, ...taken.map((own) => members.rows[own])];
      const nearest = Math.min(...others.map((row) => squaredDistance(X, members.rows[member], row)));
      return (nearest * (all.length - order.indexOf(member))) / all.length;
    };
    taken.push(byLikelihood ? open[0] : open.reduce((a, b) => (value(b) > value(a) ? b : a)));
  }
  return taken;
}

it('takes the unlikeliest, and the farthest from all that was asked, in turns', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.nat(90), fc.boolean(), (seed, m, known, first) => {
      const stream = randomStream(seed, 'members');
      const X = denseMatrix(m + known, 3);
      for (let at = 0; at < X.values.length; at++) X.values[at] = stream.normal();
      const rows = Array.from({ length: m }, (_, i) => i);
      const members = { rows, likelihood: rows.map(() => stream.normal()), ids: rows.map((row) => `id-${row}`) };
      const answered = Array.from({ length: known }, (_, i) => m + i);
      const turns = first ? 'unlikeliest-first' : 'alternately';
      const found = oddMembers(X, members, answered, 12, turns);
      expect(found).toEqual(byHand(X, members, answered, 12, turns));
      expect(new Set(found).size).toBe(Math.min(12, m));
    }),
    { numRuns: 50 },
  );
});

it('does not ask the same thing twice while there is another', () => {
  const X = denseFromRows([[0], [9], [9], [9], [5], [0.1], [0.2]]);
  const likelihood = [-1, -9, -9, -9, -4, -2, -2];
  const rows = [1, 2, 3, 4, 5, 6];
  const members = { rows, likelihood: rows.map((row) => likelihood[row]), ids: rows.map(String) };
  expect(oddMembers(X, members, [0], 2, 'unlikeliest-first').map((member) => rows[member])).toEqual([1, 4]);
});

it('measures on a scale of logarithms in standard deviations, dense as sparse', () => {
  const X = denseFromRows([
    [0, 5, 0, -3],
    [1, 5, 0, 0],
    [1e6, 5, 2, 0],
  ]);
  const dense = logSpace(X);
  expect(logSpace(X)).toBe(dense);
  const sparse = logSpace(toSparse(X));
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 2],
  ]) {
    expect(squaredDistance(sparse, a, b)).toBeCloseTo(squaredDistance(dense, a, b), 10);
  }
  const column = [0, Math.log1p(1), Math.log1p(1e6)];
  const mean = column.reduce((sum, x) => sum + x) / 3;
  const spread = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3);
  expect(dense.values[8]).toBeCloseTo(column[2] / spread, 12);
  expect([dense.values[1], dense.values[5], dense.values[9]]).toEqual([0, 0, 0]);
});
