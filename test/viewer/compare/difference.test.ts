import { describe, expect, it } from 'vitest';
import { readCompareState, writeCompareState } from '../../../viewer/src/compare/compare-state.js';
import { type FigureDifference, findingOf, reachOf } from '../../../viewer/src/compare/difference.js';

const figure = (name: FigureDifference['name'], difference: number, low: number, high: number): FigureDifference => ({
  name,
  baseline: 0.5,
  other: 0.5 + difference,
  difference,
  low,
  high,
  pValue: null,
  method: 'bootstrap',
});

describe('a difference', () => {
  it('is better or worse only where its interval leaves out zero', () => {
    expect(findingOf(figure('recall', 0.1, 0.02, 0.2))).toBe('better');
    expect(findingOf(figure('recall', -0.1, -0.2, -0.02))).toBe('worse');
    expect(findingOf(figure('recall', 0.1, -0.01, 0.2))).toBe('unclear');
    expect(findingOf({ ...figure('recall', 0.1, 0, 0), low: null, high: null })).toBe('undefined');
  });

  it('of a rate of errors is better when it is less', () => {
    expect(findingOf(figure('falsePositiveRate', 0.1, 0.02, 0.2))).toBe('worse');
    expect(findingOf(figure('falseDiscoveryRate', -0.1, -0.2, -0.02))).toBe('better');
  });

  it('reaches as far as the widest interval', () => {
    expect(reachOf([figure('f1', 0, -0.3, 0.1), figure('f1', 0, 0, 0.2)])).toBe(0.3);
    expect(reachOf([])).toBe(0);
  });
});

describe('the address of a comparison', () => {
  it('restores it', () => {
    const state = { ids: ['a', 'b&c', 'd'], part: 'dataset:x y', other: 'd' };
    expect(readCompareState(new URLSearchParams(writeCompareState(state).toString()))).toEqual(state);
    expect(readCompareState(new URLSearchParams('id=a&id=a'))).toEqual({ ids: ['a'], part: null, other: null });
  });
});
