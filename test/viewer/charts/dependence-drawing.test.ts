import { describe, expect, it } from 'vitest';
import { isUneven } from '../../../viewer/src/charts/dependence-drawing.js';

describe('the axis of a partial dependence', () => {
  it('is by value where the values lie apart', () => {
    expect(isUneven([0, 1])).toBe(false);
    expect(isUneven([0, 1, 1000])).toBe(false);
    expect(isUneven([0, 0.1, 0.2, 0.5, 0.8, 1])).toBe(false);
  });

  it('is even where most of them would lie on one heap', () => {
    expect(isUneven([0, 1, 2, 5, 9, 20, 50, 1e6])).toBe(true);
    expect(isUneven([-1e9, 1, 2, 3, 4, 5])).toBe(true);
  });
});
