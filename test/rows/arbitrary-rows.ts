import * as fc from 'fast-check';
import { type RowColumns, rowColumns } from '../../src/rows/row-columns.js';
import { textsOf } from '../../src/rows/row-texts.js';
import { textRanks } from '../../src/rows/text-ranks.js';
import type { CodedColumn } from '../../src/schema/prediction-table.js';

/** One prediction as a naive implementation reads it; null for an empty cell. */
export interface PlainRow {
  readonly instanceId: string;
  readonly ident: string;
  readonly part: string;
  readonly label: string | null;
  readonly family: string | null;
  readonly probability: number;
  readonly score: number;
  readonly predicted: string | null;
  readonly rank: number;
}

const number = fc.oneof(
  fc.constantFrom(0, -0, 0.5, 1, -1, Number.NaN, Infinity, -Infinity, 5e-324, 0.1, 0.1 + 2 ** -56),
  fc.double(),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

/** As UTF-8 holds it: U+FFFD for each unpaired surrogate. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

export const textOf = fc.oneof(
  fc.constantFrom('', 'a', 'a\0', 'aaaaaaaa', 'AAAAaaaa', 'aaaaaaaab', 'Straße', 'ΟΔΟΣ', 'İstanbul', '\u212a', '🦊x'),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[ab]{0,20}$/),
);

export const plainRows = fc.array(
  fc
    .record({
      instanceId: textOf,
      ident: textOf,
      part: fc.constantFrom('train', 'test', 'fold.0', 'fold.1', 'dataset:other', 'dataset:all'),
      label: fc.constantFrom('malicious', 'benign', null),
      family: fc.constantFrom('a', 'b', 'Z', 'ü', '🦊'),
      probability: number,
      score: number,
      predicted: fc.constantFrom('malicious', 'benign'),
      rank: fc.oneof(fc.nat(20), fc.nat(2 ** 32 - 1)),
    })
    .map((row): PlainRow => ({ ...row, family: row.label && row.family })),
  { maxLength: 40 },
);

export function columnsOf(rows: readonly PlainRow[], classes?: readonly string[]): RowColumns {
  const instanceId = textsOf(rows.map((row) => row.instanceId));
  const ident = textsOf(rows.map((row) => row.ident));
  const stored = {
    rows: rows.length,
    instanceId,
    ident,
    instanceIdOrder: textRanks(instanceId),
    identOrder: textRanks(ident),
    part: coded(rows.map((row) => row.part)),
    fold: new Int32Array(rows.length).fill(-1),
    label: coded(rows.map((row) => row.label)),
    family: coded(rows.map((row) => row.family)),
    probability: Float64Array.from(rows, (row) => row.probability),
    score: Float64Array.from(rows, (row) => row.score),
    predicted: coded(rows.map((row) => row.predicted)),
    rank: Uint32Array.from(rows, (row) => row.rank),
  };
  return rowColumns(stored, classes);
}

function coded(words: readonly (string | null)[]): CodedColumn {
  const names = [...new Set(words.filter((word) => word !== null))];
  return { names, codes: Int32Array.from(words, (word) => (word === null ? -1 : names.indexOf(word))) };
}
