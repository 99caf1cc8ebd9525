import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortenMiddle, visibleText } from '../../../viewer/src/text/visible-text.js';

describe('visible text', () => {
  it('shows what hides: controls as pictures, other invisible characters by number', () => {
    expect(visibleText('a\u0000b\u001b\u007f')).toBe('a␀b␛␡');
    expect(visibleText('\u202egpj.exe')).toBe('‹U+202E›gpj.exe');
    expect(visibleText('a\u200bb\u2028c\ufeff')).toBe('a‹U+200B›b‹U+2028›c‹U+FEFF›');
    expect(visibleText('\ud800x')).toBe('‹U+D800›x');
    expect(visibleText('ünïcode 漢字 😀')).toBe('ünïcode 漢字 😀');
  });

  it('leaves nothing invisible in any text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('shortening', () => {
  it('keeps both ends', () => {
    expect(shortenMiddle('abcdefghij', 10)).toBe('abcdefghij');
    expect(shortenMiddle('abcdefghijk', 10)).toBe('abcdef…ijk');
    expect(shortenMiddle(`${'x'.repeat(10_000)}.exe`, 9)).toBe('xxxxx…exe');
  });

  it('never shows more than asked for, and cuts neither a character nor its number in two', () => {
    const text = fc.array(fc.oneof(fc.nat(0xffff), fc.constant(0x202e), fc.constant(0x1f600)), { maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 60 }), (points, max) => {
        const shown = visibleText(String.fromCodePoint(...points).replaceAll(/[‹›…]/g, ''));
        const short = shortenMiddle(shown, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/\p{Cs}/u);
        const [front, back = ''] = shown === short ? [shown] : short.split('…');
        expect(shown.startsWith(front) && shown.endsWith(back)).toBe(true);
        for (const end of [front, back]) expect(end.replaceAll(/‹U\+[0-9A-F]{4,6}›/g, '')).not.toMatch(/[‹›]/);
      }),
    );
  });
});
