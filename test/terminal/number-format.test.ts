import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatSeconds,
  formatShare,
} from '../../src/terminal/number-format.js';

describe('figures for people', () => {
  it.each([
    [0.98765, '0.9877'],
    [1, '1'],
    [0, '0'],
    [0.99999, '>0.9999'],
    [0.00001, '<0.0001'],
    [null, '–'],
  ])('share %s is %s', (value, text) => expect(formatShare(value)).toBe(text));

  it.each([
    [0.5561, '55.6 %'],
    [1, '100 %'],
    [0, '0 %'],
    [0.9999, '>99.9 %'],
    [0.0001, '<0.1 %'],
    [null, '–'],
  ])('rate %s is %s', (value, text) => expect(formatPercent(value)).toBe(text));

  it('never rounds almost all to all, nor something to nothing', () => {
    for (let k = 1; k < 53; k++) {
      for (const value of [1 - 2 ** -k, 2 ** -k]) {
        expect(formatShare(value)).not.toMatch(/^[01](\.0+)?$/);
        expect(formatPercent(value)).not.toMatch(/^(0|100)(\.0)? %$/);
      }
    }
  });

  it('separates thousands, names units', () => {
    expect(formatCount(25192)).toBe('25,192');
    expect(formatSeconds(3.25)).toBe('3.3 s');
    expect(formatSeconds(200)).toBe('3 min 20 s');
    expect(formatBytes(123_456_789)).toBe('123 MB');
    expect(formatBytes(999)).toBe('999 B');
  });
});
