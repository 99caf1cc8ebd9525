import { describe, expect, it } from 'vitest';
import { reliability } from '../../../src/ml/metrics/calibration.js';

describe('reliability', () => {
  it('is the mean gap between what is said and what is, by hand', () => {
    // Bin [0.2, 0.3): mean 0.25, none malicious. Bin [0.9, 1]: mean 0.95, two of three.
    const { expectedCalibrationError, brier, bins } = reliability(
      Float64Array.of(0.2, 0.3 - 1e-9, 0.9, 0.95, 1),
      Uint8Array.of(0, 0, 1, 0, 1),
    );
    expect(expectedCalibrationError).toBeCloseTo((2 * 0.25 + 3 * (0.95 - 2 / 3)) / 5, 8);
    expect(brier).toBeCloseTo((0.04 + 0.09 + 0.01 + 0.9025 + 0) / 5, 8);
    expect(bins).toHaveLength(10);
    expect(bins[2]).toMatchObject({ low: 0.2, high: 0.3, instances: 2, maliciousShare: 0 });
    expect(bins[9]).toMatchObject({ low: 0.9, high: 1, instances: 3 });
    expect(bins[0]).toEqual({ low: 0, high: 0.1, instances: 0, meanProbability: null, maliciousShare: null });
  });

  it('is 0 for probabilities that come true', () => {
    const p = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.2 : 0.8));
    const y = Uint8Array.from({ length: 100 }, (_, i) => (i < 10 || i >= 60 ? 1 : 0));
    expect(reliability(p, y).expectedCalibrationError).toBeCloseTo(0, 14);
  });

  it('is null without rows, and refuses what is no probability', () => {
    expect(reliability(new Float64Array(0), new Uint8Array(0))).toMatchObject({
      expectedCalibrationError: null,
      brier: null,
    });
    expect(() => reliability(Float64Array.of(1.01), Uint8Array.of(1))).toThrow(RangeError);
    expect(() => reliability(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(RangeError);
  });
});
