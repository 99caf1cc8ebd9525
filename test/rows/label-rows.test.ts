import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelRows } from '../../src/rows/label-rows.js';
import { type LabelledInstance, labelQuerySchema, labelSortColumns } from '../../src/schema/api/labels.js';

const words = fc.constantFrom('a', 'B', 'Ünder', 'ünder', '=x', '\u{1F600}', '\uFF1D', '');
const arbitraryRows = fc
  .array(
    fc.record({
      ident: words,
      label: fc.constantFrom('malicious' as const, 'benign' as const),
      family: fc.option(words.filter((word) => word !== '')),
      author: fc.option(words),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, i): LabelledInstance => ({ ...row, instanceId: `i${i % 7}-${i}`, n: i + 1, at: '' })));

const arbitraryQuery = fc.record(
  {
    label: fc.constantFrom('malicious', 'benign'),
    family: words,
    unnamed: fc.boolean(),
    author: words,
    text: words,
    sort: fc.constantFrom(...labelSortColumns),
    direction: fc.constantFrom('ascending', 'descending'),
    offset: fc.nat(10),
    limit: fc.integer({ min: 1, max: 20 }),
  },
  { requiredKeys: [] },
);

/** The same by the plainest of means. */
function plainPage(rows: readonly LabelledInstance[], given: object) {
  const query = labelQuerySchema.parse(given);
  const { label, family, unnamed, author, text, sort, direction, offset, limit } = query;
  const has = (cell: string): boolean => cell.toLowerCase().includes((text ?? '').toLowerCase());
  const left = rows.filter(
    (row) =>
      (label === undefined || row.label === label) &&
      (family === undefined || row.family === family) &&
      (unnamed === undefined || (row.family === null) === unnamed) &&
      (author === undefined || (row.author ?? '') === author) &&
      (!text || [row.instanceId, row.ident, row.family ?? ''].some(has)),
  );
  const key = (row: LabelledInstance): Buffer => Buffer.from(sort === 'n' ? '' : (row[sort] ?? ''));
  left.sort((a, b) => Buffer.compare(key(a), key(b)) || a.n - b.n);
  if (direction === 'descending') left.reverse();
  return { total: left.length, rows: left.slice(offset, offset + limit) };
}

describe('labelled instances', () => {
  it('are filtered, sorted and paged as by the plainest of means', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.array(arbitraryQuery, { minLength: 1, maxLength: 4 }), (rows, queries) => {
        const index = new LabelRows(rows);
        for (const query of queries)
          expect(index.page(labelQuerySchema.parse(query))).toStrictEqual(plainPage(rows, query));
      }),
    );
  });
});
