import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, clusterRule, shortBetween } from '../../../src/ml/clustering/cluster-rule.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const stream = () => randomStream(1, 'rule');

describe('a rule', () => {
  it('is the conjunction that tells a cluster from the others', () => {
    const rows = Array.from({ length: 200 }, (_, i) => [i % 2, Math.floor(i / 2) % 2, i]);
    const cluster = Int32Array.from(rows, ([a, b]) => (a === 1 && b === 0 ? 0 : 1));
    const rule = clusterRule(denseFromRows(rows), cluster, 0, [0, 1, 2], stream());
    expect(rule?.conditions).toEqual([
      { column: 0, above: true, threshold: 0.5 },
      { column: 1, above: false, threshold: 0.5 },
    ]);
    expect(rule).toMatchObject({ precision: 1, recall: 1 });
    expect(clusterRule(toSparse(denseFromRows(rows)), cluster, 0, [0, 1, 2], stream())).toEqual(rule);
  });

  it('is judged on all rows, whatever sample it was found on', () => {
    const n = 20_000;
    const rows = Array.from({ length: n }, (_, i) => [i < 5000 ? 1 : 0]);
    const cluster = Int32Array.from(rows, (_, i) => (i < 5001 ? 0 : 1));
    const rule = clusterRule(denseFromRows(rows), cluster, 0, [0], stream());
    expect(rule).toMatchObject({ precision: 1, recall: 5000 / 5001 });
  });

  it('is none where nothing tells apart', () => {
    const X = denseFromRows([[1], [1], [1], [1]]);
    expect(clusterRule(X, Int32Array.of(0, 0, 1, 1), 0, [0], stream())).toBeNull();
    expect(clusterRule(X, Int32Array.of(0, 0, 0, 0), 0, [0], stream())).toBeNull();
  });
});

it('a threshold lies between its neighbours, in few digits', () => {
  expect(shortBetween(0, 1)).toBe(0.5);
  expect(shortBetween(1000, 1001)).toBe(1000);
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, (a, b) => {
      fc.pre(a < b);
      const threshold = shortBetween(a, b);
      expect(threshold >= a && threshold < b).toBe(true);
    }),
  );
});

it('cells are read alike from dense and sparse rows', () => {
  const X = denseFromRows([
    [0, 2, 0],
    [1, 0, 3],
  ]);
  for (const row of [0, 1]) for (const j of [0, 1, 2]) expect(cellOf(toSparse(X), row, j)).toBe(cellOf(X, row, j));
});
