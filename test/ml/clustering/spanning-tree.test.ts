import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowLengths } from '../../../src/ml/clustering/centre-distances.js';
import { type Edges, leastSpanningTree, withCopies } from '../../../src/ml/clustering/hdbscan/spanning-tree.js';
import { denseFromRows, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { squaredDistance } from '../../../src/ml/matrix/squared-distance.js';
import { spanRows } from '../../../src/ml/tasks/span-rows.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

/** From trees over spans of so many rows. */
async function treeOf(X: FeatureMatrix, core: Float64Array, most: number): Promise<Edges> {
  const session = inlineExecutor.open({ X, lengths: rowLengths(X), core, most });
  const spans = Array.from({ length: Math.ceil(X.rows / most) }, (_, k) => ({
    from: k * most,
    to: Math.min(X.rows, (k + 1) * most),
  }));
  const pairs = spans.flatMap((a, k) => spans.slice(k).map((b) => ({ a, b })));
  const trees = await session.map(spanRows, pairs);
  await session.close();
  return leastSpanningTree(X.rows, trees);
}

/** Lengths of the edges of the least spanning tree, ascending, by the algorithm of Kruskal. */
function lengthsByKruskal(X: FeatureMatrix, core: Float64Array): number[] {
  const edges: { a: number; b: number; reach: number }[] = [];
  for (let a = 0; a < X.rows; a++) {
    for (let b = 0; b < a; b++) edges.push({ a, b, reach: reachOf(X, core, a, b) });
  }
  const parent = Array.from({ length: X.rows }, (_, row) => row);
  const rootOf = (row: number): number => (parent[row] === row ? row : rootOf(parent[row]));
  const lengths: number[] = [];
  for (const { a, b, reach } of edges.sort((x, y) => x.reach - y.reach)) {
    if (rootOf(a) === rootOf(b)) continue;
    parent[rootOf(a)] = rootOf(b);
    lengths.push(reach);
  }
  return lengths;
}

const reachOf = (X: FeatureMatrix, core: Float64Array, a: number, b: number): number =>
  Math.max(Math.sqrt(squaredDistance(X, a, b)), core[a], core[b]);

const rowsOfNumbers = (cell: fc.Arbitrary<number>) =>
  fc.integer({ min: 1, max: 4 }).chain((d) =>
    fc.uniqueArray(fc.array(cell, { minLength: d, maxLength: d }), {
      minLength: 1,
      maxLength: 40,
      selector: (row) => row.join(),
    }),
  );

describe('the least spanning tree of mutual reachability', () => {
  it.each([
    ['whole numbers, with ties', fc.integer({ min: -3, max: 3 })],
    ['any numbers', fc.double({ min: -5, max: 5, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6)],
    ['numbers that differ little', fc.integer({ min: 0, max: 50 }).map((x) => 1000 + x / 1e5)],
  ])('is as short as by Kruskal, whatever the spans: %s', async (_, cell) => {
    await fc.assert(
      fc.asyncProperty(
        rowsOfNumbers(cell),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 40, maxLength: 40 }),
        fc.boolean(),
        async (rows, most, cores, sparse) => {
          const X = sparse ? toSparse(denseFromRows(rows)) : denseFromRows(rows);
          const core = Float64Array.from(cores.slice(0, X.rows));
          const tree = await treeOf(X, core, most);
          expect(tree.distance.length).toBe(X.rows - 1);
          tree.distance.forEach((distance, k) => {
            expect(distance).toBe(reachOf(X, core, tree.from[k], tree.to[k]));
          });
          const expected = lengthsByKruskal(X, core);
          tree.distance.toSorted().forEach((distance, k) => expect(distance).toBeCloseTo(expected[k], 9));
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('is refused where the edges do not connect all rows', () => {
    const edge = { from: Int32Array.of(0), to: Int32Array.of(1), distance: Float64Array.of(1) };
    expect(() => leastSpanningTree(3, [edge])).toThrow('do not connect');
  });

  it('hangs copies on the row that they equal, at the distance of its neighbours', () => {
    const tree = { from: Int32Array.of(0), to: Int32Array.of(1), distance: Float64Array.of(4) };
    // Rows 0, 2 and 3 are equal; row 1 is the other.
    const all = withCopies(tree, Float64Array.of(0.5, 2), Uint32Array.of(0, 1), Int32Array.of(0, 1, 0, 0));
    expect(all).toEqual({
      from: Int32Array.of(0, 0, 0),
      to: Int32Array.of(1, 2, 3),
      distance: Float64Array.of(4, 0.5, 0.5),
    });
  });
});
