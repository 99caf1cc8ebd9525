import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellCollector } from '../../../src/ml/trees/cell-collector.js';
import type { NodeRows } from '../../../src/ml/trees/node-rows.js';
import type { CellList } from '../../../src/ml/trees/cell-list.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const mostCells = 5000;

/** A node of `count` rows in codes below `range`, k classes, weights 1 … 3. */
function makeNode(count: number, range: number, classCount: number, seed: number) {
  const stream = randomStream(seed, 'cells');
  const codes = Uint16Array.from({ length: count }, () => 3 + Math.floor(range * stream.float() ** 2));
  const classes = Uint16Array.from({ length: count }, () => stream.below(classCount));
  const weights = Float64Array.from({ length: count }, () => 1 + stream.below(3));
  const classWeight = new Float64Array(classCount);
  classes.forEach((k, i) => {
    classWeight[k] += weights[i];
  });
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const place = { start: 0, middle: 0, end: count, count, rows };
  const node: NodeRows = { ...place, weights, unweighted: false, weight, classes, classCount, classWeight };
  return {
    codes,
    node,
    lowest: codes.reduce((a, b) => Math.min(a, b)),
    highest: codes.reduce((a, b) => Math.max(a, b)),
  };
}

/** [code, rows, weights by class] of each occupied cell, by the shortest way. */
function expected(codes: Uint16Array, { classes, weights, classCount }: NodeRows): number[][] {
  const cells = new Map<number, number[]>();
  codes.forEach((code, i) => {
    const cell = cells.get(code) ?? [code, 0, ...new Array<number>(classCount).fill(0)];
    cell[1]++;
    cell[2 + classes[i]] += weights[i];
    cells.set(code, cell);
  });
  return [...cells.values()].sort((a, b) => a[0] - b[0]);
}

function listed(cells: CellList, classCount: number): number[][] {
  return Array.from({ length: cells.count }, (_, c) => [
    cells.code[c],
    cells.rows[c],
    ...cells.weight.subarray(c * classCount, (c + 1) * classCount),
  ]);
}

const sizes = fc.tuple(
  fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 4000 })),
  fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 11, max: mostCells - 3 })),
  fc.integer({ min: 2, max: 5 }),
  fc.integer(),
);

describe('CellCollector', () => {
  const collector = new CellCollector(4000, mostCells, 5, true, true);
  const coarse = new CellCollector(4000, mostCells, 5, true, false);

  it('lists the occupied cells, whether it sorts or counts', () => {
    fc.assert(
      fc.property(sizes, ([count, range, classCount, seed]) => {
        const { codes, node, lowest, highest } = makeNode(count, range, classCount, seed);
        collector.collect(codes, lowest, highest, node);
        expect(listed(collector.cells, classCount)).toEqual(expected(codes, node));
      }),
    );
  });

  it('lists the same cells from the rows outside the commonest cell', () => {
    fc.assert(
      fc.property(sizes, ([count, range, classCount, seed]) => {
        const { codes, node } = makeNode(count, range, classCount, seed);
        const commonCode = codes[0];
        const rows = node.rows.filter((row) => codes[row] !== commonCode);
        const list = { rows, codes: Uint16Array.from(rows, (row) => codes[row]), commonCode };
        collector.collectListed(list, Int32Array.from(node.rows), node);
        expect(listed(collector.cells, classCount)).toEqual(expected(codes, node));
      }),
    );
  });

  it('passes over listed rows that are not in the node, whatever their position says', () => {
    const { codes, node } = makeNode(100, 20, 2, 1);
    const list = {
      rows: Uint32Array.from([...node.rows, 100, 101]),
      codes: Uint16Array.from([...codes, 9, 9]),
      commonCode: 9,
    };
    collector.collectListed(list, Int32Array.from([...node.rows, 5, 4000]), node);
    expect(listed(collector.cells, 2)).toEqual(expected(codes, node));
  });

  it('sees large nodes coarsely, then exactly around a boundary', () => {
    const { codes, node, lowest, highest } = makeNode(4000, mostCells - 3, 3, 5);
    coarse.collect(codes, lowest, highest, node);
    const { shift, count } = coarse.cells;
    expect(shift).toBeGreaterThan(0);
    const exact = expected(codes, node);
    for (const boundary of [0, 1, Math.floor(count / 2), count - 2]) {
      coarse.collect(codes, lowest, highest, node);
      const parts = [coarse.cells.code[boundary], coarse.cells.code[boundary + 1]];
      const inside = exact.filter(([code]) => parts.includes(lowest + (((code - lowest) >>> shift) << shift)));
      const { first, last } = coarse.refine(boundary, codes, lowest, node);
      const refined = listed(coarse.cells, 3);
      expect(refined.slice(first, last + 2)).toEqual(inside);
      // Nothing is lost: the cells before and behind hold the rest.
      expect(refined.reduce((sum, cell) => sum + cell[1], 0)).toBe(4000);
      [0, 1, 2].forEach((k) => expect(refined.reduce((sum, cell) => sum + cell[2 + k], 0)).toBe(node.classWeight[k]));
    }
  });
});
