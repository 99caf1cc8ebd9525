import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/rows/row-texts.js';
import { textRanks } from '../../src/rows/text-ranks.js';
import { textOf, wellFormed } from './arbitrary-rows.js';

const before = (texts: readonly string[], text: string): number =>
  texts.filter((other) => Buffer.compare(Buffer.from(other), Buffer.from(text)) < 0).length;

describe('texts', () => {
  it('are kept as UTF-8', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(textOf, fc.string({ unit: 'grapheme', maxLength: 40 }))), (strings) => {
        const { length, bytes, offsets } = textsOf(strings);
        expect(length).toBe(strings.length);
        strings.forEach((text, row) => {
          expect(Buffer.from(bytes.slice(offsets[row], offsets[row + 1])).toString()).toBe(wellFormed(text));
        });
      }),
    );
  });
});

describe('ranks of texts', () => {
  it('say how many texts come before, by code points', () => {
    fc.assert(
      fc.property(fc.array(textOf, { maxLength: 60 }), (strings) => {
        expect([...textRanks(textsOf(strings))]).toEqual(strings.map((text) => before(strings, text)));
      }),
    );
  });

  it('hold for long shared beginnings, zeros and repeats', () => {
    const tails = ['', '\0', '\0\0', 'a', 'b', '\u{1F98A}', '\uffff', 'abcdabcd', 'abcdabce', 'abcd\0'];
    const strings = Array.from({ length: 300 }, (_, i) => 'xyz'.repeat(100 * (i % 3)) + tails[(i * 7) % tails.length]);
    expect([...textRanks(textsOf(strings))]).toEqual(strings.map((text) => before(strings, text)));
  });

  it('sort thousands of rows', () => {
    const strings = Array.from({ length: 20_000 }, (_, i) => `host-${(i * 7919) % 9973}.example/${i % 3}`);
    const ranks = textRanks(textsOf(strings));
    const order = [...strings.keys()].sort((a, b) => ranks[a] - ranks[b]);
    const sorted = order.map((row) => strings[row]);
    expect(sorted).toEqual([...strings].sort());
  });
});
