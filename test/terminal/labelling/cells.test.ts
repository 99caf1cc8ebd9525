import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginning,
  cellsOf,
  column,
  cutEnd,
  cutMiddle,
  textCells,
  wrapCells,
} from '../../../src/terminal/labelling/cells.js';
import { dataText, isUtf8 } from '../../../src/terminal/labelling/data-text.js';
import { fillLines, fitLine, lineCells, lineOf, span, spread } from '../../../src/terminal/labelling/lines.js';

describe('columns of a terminal', () => {
  it('counts wide characters twice and marks not at all', () => {
    expect(['a', 'é', '漢', 'か', 'ﬀ', '👍', '⌚', '가', '\u0301', '─', '│', '█'].map(cellsOf)).toEqual([
      1, 1, 2, 2, 1, 2, 2, 2, 0, 1, 1, 1,
    ]);
    expect(textCells('e\u0301漢')).toBe(3);
  });

  it('cuts at the margin', () => {
    expect(cutEnd('abcdef', 6)).toBe('abcdef');
    expect(cutEnd('abcdefg', 6)).toBe('abcde…');
    expect(cutMiddle('/var/log/messages.1', 11)).toBe('/var/…ges.1');
    expect(beginning('漢字', 3)).toBe('漢');
    expect(column('漢', 4, 'right')).toBe('  漢');
    expect(wrapCells('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapCells('x'.repeat(5), 2)).toEqual(['xx', 'xx', 'x']);
  });

  it('never gives more than there is room for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '漢', '\u0301', '👍', 'é', '-') });
    fc.assert(
      fc.property(text, text, fc.nat(30), (left, right, width) => {
        for (const cut of [cutEnd(left, width), cutMiddle(left, width), beginning(left, width)]) {
          expect(textCells(cut)).toBeLessThanOrEqual(width);
        }
        expect(textCells(column(left, width))).toBe(width);
        for (const line of wrapCells(left, width + 2)) expect(textCells(line)).toBeLessThanOrEqual(width + 2);
        const pieces = [span(left, 'title'), span(right)];
        expect(lineCells(fitLine(pieces, width))).toBeLessThanOrEqual(width);
        expect(lineCells(spread(lineOf(left), lineOf(right), width))).toBeLessThanOrEqual(width);
        for (const line of fillLines([pieces, lineOf(right)], width, 2))
          expect(lineCells(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('dataText', () => {
  it('shows what would act on the terminal', () => {
    expect(dataText('\u001b[31mred\u202e', true)).toBe('\\u{1b}[31mred\\u{202e}');
    expect(dataText('e\u0301\u0301\u0301\u0301', true)).toBe('e\u0301\u0301\\u{301}\\u{301}');
  });

  it('is ASCII where there is nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(dataText(text, false)).toMatch(/^[ -~]*$/);
      }),
    );
    expect(dataText('naïve', false)).toBe('na\\u{ef}ve');
  });

  it('knows the locale', () => {
    expect(isUtf8({ LANG: 'de_DE.UTF-8' })).toBe(true);
    expect(isUtf8({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' })).toBe(false);
    expect(isUtf8({ LC_CTYPE: 'C.utf8' })).toBe(true);
    expect(isUtf8({})).toBe(false);
  });
});
