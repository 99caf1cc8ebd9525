import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestIndex } from '../../../viewer/src/components/nearest-index.js';
import { RowPages, rowsAtHand } from '../../../viewer/src/components/row-pages.js';
import { columnsThatFit } from '../../../viewer/src/components/table-columns.js';
import { layoutRows, scrollToRow, tallest } from '../../../viewer/src/components/virtual-rows.js';

const frame = { rowHeight: 28, viewport: 280, scrollTop: 0, spare: 2 };

describe('rows of a long list', () => {
  it('are laid out one after the other while the list is short enough', () => {
    const layout = layoutRows({ ...frame, total: 100_000, scrollTop: 28 * 500 });
    expect(layout.height).toBe(2_800_000);
    expect([layout.first, layout.end]).toEqual([498, 512]);
    expect(layout.top(500)).toBe(28 * 500);
  });

  it('can all be reached, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000_000 }), fc.nat(), fc.nat(), (total, from, to) => {
        const start = { ...frame, total, scrollTop: from % tallest };
        const wanted = to % total;
        const scrollTop = scrollToRow(start, wanted);
        const layout = layoutRows({ ...start, scrollTop });
        expect(layout.height).toBeLessThanOrEqual(tallest);
        expect(layout.first).toBeLessThanOrEqual(wanted);
        expect(layout.end).toBeGreaterThan(wanted);
        expect(layout.end - layout.first).toBeLessThan(20);
        // Where it stands, it is wholly on show.
        const shown = Math.min(scrollTop, Math.max(0, layout.height - frame.viewport));
        expect(layout.top(wanted)).toBeGreaterThanOrEqual(shown - 1);
        expect(layout.top(wanted) + frame.rowHeight).toBeLessThanOrEqual(shown + frame.viewport + 1);
      }),
    );
  });
});

describe('pages of rows', () => {
  it('are fetched once, as they come into view', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => index);
    const asked: number[] = [];
    const pages = new RowPages<number>(
      (offset, limit) => {
        asked.push(offset);
        return rowsAtHand(rows)(offset, limit);
      },
      () => undefined,
    );
    pages.want(95, 205);
    pages.want(95, 205);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual([0, 100, 200]);
    expect(pages.total).toBe(1000);
    expect([pages.row(95), pages.row(204), pages.row(300)]).toEqual([95, 204, undefined]);
  });

  it('that failed are asked for again', async () => {
    let fails = true;
    const pages = new RowPages<string>(
      async () => {
        if (fails) throw new Error('gone');
        return { total: 1, rows: ['here'] };
      },
      () => undefined,
    );
    pages.want(0, 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(pages.error).toEqual(new Error('gone'));
    fails = false;
    pages.again();
    pages.want(0, 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect([pages.error, pages.row(0)]).toEqual([null, 'here']);
  });
});

describe('columns', () => {
  const column = (key: string, priority?: number) => ({ key, title: key, width: 100, priority, cell: () => key });

  it('of the least priority are left out where room is short, and named', () => {
    const all = [column('a'), column('b', 1), column('c', 3), column('d', 2)];
    expect(columnsThatFit(all, 1000).leftOut).toEqual([]);
    expect(columnsThatFit(all, 400)).toMatchObject({ leftOut: ['c'], template: '100px 100px 100px' });
    expect(columnsThatFit(all, 50)).toMatchObject({ leftOut: ['b', 'd', 'c'], template: '100px' });
    expect(columnsThatFit(all, 0).columns).toHaveLength(4);
  });
});

describe('the nearest position', () => {
  it('is the nearest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        (unsorted, wanted) => {
          const values = unsorted.map((value) => value % 1e6).toSorted((a, b) => a - b);
          const best = Math.min(...values.map((value) => Math.abs(value - wanted)));
          expect(Math.abs(values[nearestIndex(values, wanted)] - wanted)).toBe(best);
        },
      ),
    );
  });
});
