import { describe, expect, it } from 'vitest';
import { areaUnderTime } from '../../../src/ml/metrics/time.js';

describe('areaUnderTime', () => {
  it('is the mean of the trapezoids', () => {
    expect(areaUnderTime([1, 0.5, 0])).toBe(0.5);
    expect(areaUnderTime([0.9, 0.8, 0.4, 0.4])).toBeCloseTo((0.85 + 0.6 + 0.4) / 3, 15);
    expect(areaUnderTime([0.7, 0.7, 0.7])).toBeCloseTo(0.7, 15);
  });

  it('is null for one period, and where a period leaves the figure undefined', () => {
    expect(areaUnderTime([])).toBeNull();
    expect(areaUnderTime([1])).toBeNull();
    expect(areaUnderTime([1, null, 1])).toBeNull();
  });
});
