import { describe, expect, it } from 'vitest';
import { columnsThatFit } from '../../../viewer/src/components/table-columns.js';

const column = (title: string, width: number, priority?: number) => ({
  key: title,
  title,
  width,
  priority,
  cell: () => '',
});

describe('the columns of a table', () => {
  it('are left out by priority, the largest first, until the others fit', () => {
    const all = [column('rank', 50, 2), column('name', 100), column('value', 80, 1)];
    expect(columnsThatFit(all, 1000).leftOut).toEqual([]);
    expect(columnsThatFit(all, 220)).toMatchObject({ leftOut: ['rank'], minimum: 216 });
    expect(columnsThatFit(all, 10)).toMatchObject({ leftOut: ['value', 'rank'] });
  });

  it('are not named where they have no title', () => {
    const all = [column('rank', 50, 2), column('name', 100), column('', 90, 1)];
    const { columns, leftOut } = columnsThatFit(all, 130);
    expect(columns.map(({ key }) => key)).toEqual(['name']);
    expect(leftOut).toEqual(['rank']);
  });
});
