import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictionRow } from '../../src/rows/prediction-row.js';
import { RowIndex } from '../../src/rows/row-index.js';
import { rowNeighbours } from '../../src/rows/row-neighbours.js';
import { rowQuerySchema, rowSortColumns } from '../../src/schema/api/rows.js';
import { columnsOf, plainRows, textOf } from './arbitrary-rows.js';

const queries = fc.record({
  sort: fc.constantFrom(...rowSortColumns),
  direction: fc.constantFrom('ascending' as const, 'descending' as const),
  label: fc.constantFrom('malicious' as const, undefined),
});

describe('the neighbours of an instance in a list', () => {
  it('are the rows before and after it, as the pages of the list have them', () => {
    fc.assert(
      fc.property(plainRows, queries, fc.nat(), fc.boolean(), (rows, query, which, named) => {
        const index = new RowIndex(columnsOf(rows));
        const list = Array.from(index.page({ ...rowQuerySchema.parse(query), limit: 1000 }).rows, (row) =>
          predictionRow(index.columns, row),
        );
        fc.pre(list.length > 0);
        const wanted = list[which % list.length];
        const instancePart = named ? wanted.part : undefined;
        const place = list.findIndex(
          ({ instanceId, part }) => instanceId === wanted.instanceId && (!named || part === wanted.part),
        );
        expect(rowNeighbours(index, { ...query, instanceId: wanted.instanceId, instancePart })).toEqual({
          place,
          total: list.length,
          previous: list[place - 1] ?? null,
          next: list[place + 1] ?? null,
        });
      }),
    );
  });

  it('of an instance that is not in the list are none before it, and the first row after it', () => {
    fc.assert(
      fc.property(plainRows, queries, textOf, (rows, query, instanceId) => {
        fc.pre(rows.every((row) => row.instanceId !== instanceId));
        const index = new RowIndex(columnsOf(rows));
        const { total, rows: found } = index.page({ ...rowQuerySchema.parse(query), limit: 1 });
        const next = total === 0 ? null : predictionRow(index.columns, found[0]);
        expect(rowNeighbours(index, { ...query, instanceId })).toEqual({ place: null, total, previous: null, next });
      }),
    );
  });
});
