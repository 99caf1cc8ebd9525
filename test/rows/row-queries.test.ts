import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { countOutcomes, countsByFamily } from '../../src/rows/row-counts.js';
import { RowIndex } from '../../src/rows/row-index.js';
import {
  outcomes,
  type RowFilter,
  type RowSortColumn,
  rowQuerySchema,
  rowSortColumns,
} from '../../src/schema/api/rows.js';
import { columnsOf, type PlainRow, plainRows, textOf, wellFormed } from './arbitrary-rows.js';

/** The same, row by row, without an eye on time. */
const valueOf = (row: PlainRow): number => (Number.isNaN(row.probability) ? row.score : row.probability);

function inPart(part: string, asked: string): boolean {
  if (asked === 'cv') return part.startsWith('fold.');
  if (asked === 'all') return part.startsWith('dataset:');
  return part === asked;
}

function outcomeOf(row: PlainRow, threshold: number): string | null {
  if (row.label === null) return null;
  const called = valueOf(row) > threshold;
  if (row.label === 'malicious') return called ? 'true-positive' : 'false-negative';
  return called ? 'false-positive' : 'true-negative';
}

const folded = (text: string): string => wellFormed(text).toLowerCase().replaceAll('ς', 'σ');
const contains = (text: string, word: string): boolean => folded(text).includes(folded(word));

function leaves(row: PlainRow, filter: RowFilter): boolean {
  const { threshold = Number.NaN, minimum, maximum, outcome } = filter;
  const value = valueOf(row);
  const conditions = [
    filter.part === undefined || inPart(row.part, filter.part),
    filter.label === undefined || (row.label ?? 'none') === filter.label,
    filter.family === undefined || row.family === filter.family,
    filter.predicted === undefined || row.predicted === filter.predicted,
    filter.actual === undefined || row.label === filter.actual,
    filter.mistaken === undefined || (row.label !== null && (row.label !== row.predicted) === filter.mistaken),
    filter.called === undefined || (value > threshold ? 'malicious' : 'benign') === filter.called,
    outcome === undefined ||
      (outcome === 'error'
        ? ['false-positive', 'false-negative'].includes(outcomeOf(row, threshold) ?? '')
        : outcomeOf(row, threshold) === outcome),
    minimum === undefined || value >= minimum,
    maximum === undefined || (filter.includeMaximum ? value <= maximum : value < maximum),
    !filter.text || contains(row.ident, filter.text) || contains(row.instanceId, filter.text),
  ];
  return conditions.every(Boolean);
}

function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Negative, 0, positive; what is empty comes last whatever the direction. */
function compareRows(a: PlainRow, b: PlainRow, column: RowSortColumn, sign: number): number {
  const [x, y] = [a[column], b[column]];
  const [emptyX, emptyY] = [x, y].map((cell) => cell === null || Number.isNaN(cell));
  if (emptyX || emptyY) return Number(emptyX) - Number(emptyY);
  if (typeof x === 'string') return sign * compareTexts(x, y as string);
  const [p, q] = [x as number, y as number];
  return sign * (p < q ? -1 : p > q ? 1 : 0);
}

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 1 });
const threshold = fc.oneof(fc.constantFrom(0, 0.5, 1, -1), fc.double({ noNaN: true, noDefaultInfinity: true }));

const filters = fc
  .record({
    part: maybe(fc.constantFrom('train', 'test', 'cv', 'all', 'fold.1', 'dataset:other', 'nothing')),
    label: maybe(fc.constantFrom('malicious' as const, 'benign' as const, 'none' as const)),
    family: maybe(fc.constantFrom('a', 'Z', 'nothing')),
    predicted: maybe(fc.constantFrom('malicious', 'nothing')),
    actual: maybe(fc.constantFrom('malicious', 'benign')),
    mistaken: maybe(fc.boolean()),
    threshold,
    called: maybe(fc.constantFrom('malicious' as const, 'benign' as const)),
    outcome: maybe(fc.constantFrom(...outcomes)),
    minimum: maybe(threshold),
    maximum: maybe(threshold),
    includeMaximum: maybe(fc.boolean()),
    text: maybe(textOf),
  })
  .chain((whole) => fc.subarray(Object.keys(whole)).map((names) => pick(whole, [...names, 'threshold'])));

function pick(filter: RowFilter, names: readonly string[]): RowFilter {
  const entries = Object.entries(filter).filter(([name, value]) => names.includes(name) && value !== undefined);
  return Object.fromEntries(entries);
}

describe('queries on rows', () => {
  it('leaves, sorts and counts what a look at each row does', () => {
    const sorts = fc.constantFrom(...rowSortColumns);
    const directions = fc.constantFrom('ascending' as const, 'descending' as const);
    fc.assert(
      fc.property(plainRows, fc.array(fc.tuple(filters, sorts, directions), { maxLength: 8 }), (rows, queries) => {
        const index = new RowIndex(columnsOf(rows));
        for (const [filter, sort, direction] of queries) {
          const sign = direction === 'ascending' ? 1 : -1;
          const left = rows.flatMap((row, i) => (leaves(row, filter) ? [i] : []));
          const sorted = [...left].sort((a, b) => compareRows(rows[a], rows[b], sort, sign) || a - b);
          expect([...index.select(filter, sort, direction)], JSON.stringify(filter)).toEqual(sorted);
          expect(index.count(filter)).toBe(left.length);
          const page = index.page(rowQuerySchema.parse({ ...filter, sort, direction, offset: 2, limit: 3 }));
          expect({ total: page.total, rows: [...page.rows] }).toEqual({
            total: left.length,
            rows: sorted.slice(2, 5),
          });
        }
      }),
    );
  });

  it('sorts long columns as short ones', () => {
    const values = fc.constantFrom(0, -0, 1, 0.5, 0.5 + 2 ** -53, -0.5, -0.5 - 2 ** -53, Number.NaN, Infinity, 1e-300);
    const many = fc.tuple(fc.array(values, { minLength: 5, maxLength: 40 }), fc.constantFrom(0, 2 ** -51));
    fc.assert(
      fc.property(many, fc.boolean(), ([drawn, step], descending) => {
        const n = 5000;
        const rows = Array.from({ length: n }, (_, i) => ({
          instanceId: `${i % 70}`,
          ident: '',
          part: 'test',
          label: null,
          family: null,
          predicted: 'benign',
          rank: 1,
          probability: drawn[(i * 7) % drawn.length] + step * ((i * 31) % 100),
          score: 0,
        }));
        const order = new RowIndex(columnsOf(rows)).select({}, 'probability', descending ? 'descending' : 'ascending');
        const sign = descending ? -1 : 1;
        const expected = [...rows.keys()].sort((a, b) => compareRows(rows[a], rows[b], 'probability', sign) || a - b);
        expect([...order]).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('wants a threshold for what hangs on it', () => {
    const index = new RowIndex(columnsOf([]));
    expect(() => index.count({ called: 'malicious' })).toThrow(UserError);
    expect(() => index.count({ outcome: 'error' })).toThrow(UserError);
    expect(index.count({ threshold: 0.5 })).toBe(0);
  });

  it('gives the lists it keeps unchanged, and forgets the oldest', () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      ident: 'x',
      part: 'test',
      label: 'benign',
      family: 'f',
      predicted: 'benign',
      rank: i,
      instanceId: `id ${i}`,
      probability: i / 30,
      score: 0,
    }));
    const index = new RowIndex(columnsOf(rows));
    for (let round = 0; round < 2; round++) {
      for (let k = 0; k < 9; k++) {
        const filter = { minimum: k / 30, text: `D ${k}` };
        expect([...index.select(filter, 'rank', 'ascending')][0]).toBe(k);
      }
    }
  });
});

describe('counts', () => {
  it('counts outcomes and families as a look at each row does', () => {
    fc.assert(
      fc.property(plainRows, threshold, fc.constantFrom('train', 'cv', 'all', 'dataset:all'), (rows, cut, part) => {
        const columns = columnsOf(rows);
        const inside = rows.filter((row) => inPart(row.part, part));
        const counts = countOutcomes(columns, new RowIndex(columns).marks({ part }), cut);
        const those = (outcome: string): number => inside.filter((row) => outcomeOf(row, cut) === outcome).length;
        const unlabeled = inside.filter((row) => row.label === null);
        expect(counts).toEqual({
          rows: inside.length,
          truePositives: those('true-positive'),
          falsePositives: those('false-positive'),
          falseNegatives: those('false-negative'),
          trueNegatives: those('true-negative'),
          unlabeled: unlabeled.length,
          unlabeledAlerts: unlabeled.filter((row) => valueOf(row) > cut).length,
        });
        const families = countsByFamily(columns, part, cut);
        for (const { family, label, instances, calledMalicious } of families) {
          const members = inside.filter((row) => row.family === family && row.label === label);
          expect([instances, calledMalicious]).toEqual([
            members.length,
            members.filter((row) => valueOf(row) > cut).length,
          ]);
        }
        expect(families.reduce((sum, one) => sum + one.instances, 0)).toBe(inside.length - unlabeled.length);
        const sizes = families.map((one) => one.instances);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      }),
    );
  });
});
