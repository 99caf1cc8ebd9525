import { describe, expect, it } from 'vitest';
import { figureKind, partTitle, splitHeadlineName } from '../../../viewer/src/text/headline-names.js';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatPercent,
  formatProbability,
  formatSeconds,
  formatShare,
} from '../../../viewer/src/text/numbers.js';
import { formatPercent as terminalPercent, formatShare as terminalShare } from '../../../src/terminal/number-format.js';

describe('numbers', () => {
  it('reads as in the terminal', () => {
    for (const value of [0, 1, 0.5, 0.99996, 0.00001, 0.9996, 0.0004, 0.12345, null]) {
      expect(formatShare(value), String(value)).toBe(terminalShare(value));
      expect(formatPercent(value), String(value)).toBe(terminalPercent(value));
    }
  });

  it('has as many digits as tell something', () => {
    expect(formatNumber(0.012345678)).toBe('0.01235');
    expect(formatNumber(1.5e-7)).toBe('1.5e-7');
    expect(formatNumber(25192)).toBe('25,192');
    expect(formatNumber(-64769.6)).toBe('-64,770');
    expect(formatNumber(999.96)).toBe('1000');
    expect(formatNumber(null)).toBe('–');
    expect(formatCount(1234567)).toBe('1,234,567');
  });

  it('tells a probability that is nearly 1 from one that is', () => {
    expect([1, 0.9998, 0.99998, 1 - 2 ** -40, 0, 3.1e-9, null].map(formatProbability)).toEqual([
      '1',
      '0.9998',
      '1 − 2e-5',
      '1 − 9.1e-13',
      '0',
      '3.1e-9',
      '–',
    ]);
  });

  it('writes times and sizes for people', () => {
    expect([0.003, 0.4, 12.3, 99.6, 200, 3599.7, 7500].map(formatSeconds)).toEqual([
      '3 ms',
      '0.4 s',
      '12 s',
      '1 min 40 s',
      '3 min 20 s',
      '1 h 0 min',
      '2 h 5 min',
    ]);
    expect([0, 999, 1500, 12_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.5 kB', '12 MB']);
  });
});

describe('headline names', () => {
  it('are taken apart, quoted parts too', () => {
    expect(splitHeadlineName('test.rocAuc')).toEqual({ part: 'test', figure: 'rocAuc' });
    expect(splitHeadlineName('fold.3.recallAtFpr.0.01')).toEqual({ part: 'fold.3', figure: 'recallAtFpr.0.01' });
    expect(splitHeadlineName('"dataset:my set".f1')).toEqual({ part: 'dataset:my set', figure: 'f1' });
    expect(splitHeadlineName('features')).toEqual({ part: null, figure: 'features' });
  });

  it('have titles; unknown ones go by their own name', () => {
    expect(figureKind('rocAuc').title).toBe('ROC AUC');
    expect(figureKind('constructor').title).toBe('constructor');
    expect(partTitle('fold.0')).toBe('fold 0');
    expect(partTitle('dataset:test')).toBe('test');
    expect(partTitle('toString')).toBe('toString');
  });
});
