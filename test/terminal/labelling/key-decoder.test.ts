import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Key, KeyDecoder } from '../../../src/terminal/labelling/key-decoder.js';

const decoded = (...pieces: string[]): Key[] => {
  const decoder = new KeyDecoder();
  return [...pieces.flatMap((piece) => decoder.feed(piece)), ...decoder.flush()];
};
const names = (...pieces: string[]): string[] =>
  decoded(...pieces).map((key) => ('text' in key ? `${key.name}:${key.text}` : key.name));

describe('KeyDecoder', () => {
  it('reads letters, control keys and sequences', () => {
    expect(names('mé漢👍')).toEqual(['text:m', 'text:é', 'text:漢', 'text:👍']);
    expect(names('\r\n\t\x7f\b\x03\x1a\x0c\x15')).toEqual([
      'enter',
      'enter',
      'tab',
      'backspace',
      'backspace',
      'ctrl-c',
      'ctrl-z',
      'ctrl-l',
      'ctrl-u',
    ]);
    expect(names('\x1b[A\x1bOB\x1b[C\x1b[1;5D\x1b[5~\x1b[6~\x1b[3~\x1b[H\x1b[4~')).toEqual([
      'up',
      'down',
      'right',
      'left',
      'page-up',
      'page-down',
      'delete',
      'home',
      'end',
    ]);
  });

  it('waits for the rest of a sequence, and takes a lone escape for the key', () => {
    const decoder = new KeyDecoder();
    expect(decoder.feed('\x1b')).toEqual([]);
    expect(decoder.waits).toBe(true);
    expect(decoder.feed('[')).toEqual([]);
    expect(decoder.feed('A')).toEqual([{ name: 'up' }]);
    expect(decoder.waits).toBe(false);
    expect(decoder.feed('\x1b')).toEqual([]);
    expect(decoder.flush()).toEqual([{ name: 'escape' }]);
    expect(decoder.flush()).toEqual([]);
  });

  it('takes no letter of a sequence for an answer', () => {
    for (const sequence of ['\x1bm', '\x1b[38;5;1m', '\x1b[?1;2c', '\x1b]11;rgb:0/0/0\x07', '\x1bPm\x1b\\', '\x1b[M']) {
      expect(names(sequence), JSON.stringify(sequence)).toEqual(['unknown']);
    }
  });

  it('keeps a pasted text apart, wherever it is cut', () => {
    const pasted = '\x1b[200~mmm\rbbb\x1b[Aq\x1b[201~b';
    for (let cut = 1; cut < pasted.length; cut++) {
      expect(names(pasted.slice(0, cut), pasted.slice(cut)), String(cut)).toEqual(['paste:mmm\rbbb\x1b[Aq', 'text:b']);
    }
    expect(names('\x1b[200~never ended')).toEqual(['paste:never ended']);
  });

  it('gives the same keys however the input is cut', () => {
    const piece = fc.constantFrom(
      'm',
      '\x1b[A',
      '\x1bOC',
      '\x1b[200~x\ny\x1b[201~',
      '\r',
      '\x1b[5~',
      '漢',
      '\x1b]0;t\x07',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(60)), (pieces, cuts) => {
        const whole = pieces.join('');
        const places = [...new Set(cuts.filter((cut) => cut < whole.length))].sort((a, b) => a - b);
        const cut = [0, ...places].map((from, k) => whole.slice(from, places[k]));
        expect(decoded(...cut)).toEqual(decoded(whole));
      }),
    );
  });

  it('never fails, and never gives a character that cannot be seen', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
        for (const key of decoded(...pieces)) if (key.name === 'text') expect(key.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
