import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, describeFault, printable } from '../src/errors.js';

describe('text from a dataset on a terminal', () => {
  it('never carries control, bidi or unpaired surrogate characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
    expect(printable('\u001b[31mred\u001b[0m\r\n')).toBe('\\u{1b}[31mred\\u{1b}[0m\\u{d}\\u{a}');
    expect(printable('exe.\u202egpj')).toBe('exe.\\u{202e}gpj');
  });

  it('is left alone otherwise, whatever the script', () => {
    expect(printable('Überweisung 請求書 📎')).toBe('Überweisung 請求書 📎');
  });

  it('is cut by characters, not in the middle of one', () => {
    expect(printable('📎'.repeat(400), 10)).toBe(`${'📎'.repeat(9)}…`);
    for (const text of ['a📎\u202e', '📎', '\ud83d', 'é']) {
      for (let length = 1; length < 30; length++) {
        const whole = [...printable(text.repeat(length), Number.POSITIVE_INFINITY)];
        const cut = whole.length > 10 ? `${whole.slice(0, 9).join('')}…` : whole.join('');
        expect(printable(text.repeat(length), 10)).toBe(cut);
      }
    }
  });
});

describe('faults', () => {
  it('say where, what was found, what was expected', () => {
    const fault = { file: 'features.csv', line: 3, column: 'size', found: '"abc"', expected: 'a number' };
    expect(describeFault(fault)).toBe('features.csv:3:size: found "abc", expected a number');
    expect(describeFault({ file: 'x.csv', found: 'nothing', expected: 'a header' })).toBe(
      'x.csv: found nothing, expected a header',
    );
    expect(new DataError([fault, fault]).message.split('\n')).toHaveLength(2);
  });
});
