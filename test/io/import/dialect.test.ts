import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../src/io/import/dialect.js';
import { splitRow } from '../../../src/io/import/split-row.js';

describe('dialectOf', () => {
  it.each([
    ['a,b\n1,2\n', 'comma'],
    ['a;b;c\n1,5;2,5;3\n', 'semicolon'],
    ['a\tb\n"x,y"\t2\n', 'tab'],
    ['a|b|c\n1|2|3\n', 'pipe'],
    ['only\n1\n2\n', 'comma'],
    // The commas are inside quotes, the semicolons are not.
    ['"a,x";b\n"1,2,3";4\n', 'semicolon'],
    // One column more by semicolons, but only in some rows.
    ['a,b\n1,"x;y;z"\n2,p;q;r\n', 'comma'],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(dialectOf(text)).toEqual({ delimiter, skippedLines: 0 });
  });

  it('believes the line that spreadsheets write', () => {
    expect(dialectOf('sep=;\na,b;c\n1,2;3\n')).toEqual({ delimiter: 'semicolon', skippedLines: 1 });
  });
});

describe('splitRow', () => {
  it('gives back every row that is quoted by the rules, with any delimiter', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '=') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), fc.constantFrom(',', ';', '\t'), (cells, delimiter) => {
        const text = `${cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(delimiter)}\nnext\n`;
        const row = splitRow(text, 0, delimiter);
        expect(row?.cells).toEqual(cells);
        expect(text.slice(row?.next)).toBe('next\n');
        expect(row?.lines).toBe(1 + cells.join('').split('\n').length - 1);
      }),
    );
  });

  it('loses no text where quotes are odd', () => {
    expect(splitRow('5" pipe,"a"b, "c" \r\n', 0, ',')?.cells).toEqual(['5" pipe', 'ab', 'c']);
    expect(splitRow('a,"open\n', 0, ',')).toBeUndefined();
  });
});
