import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/ml/random/stream.js';
import { anova } from '../../../src/ml/statistics/class-tests.js';
import { describeCounts } from '../../../src/ml/statistics/figures.js';
import { binaryUnit } from '../../../src/ml/statistics/magnitude.js';
import { neighbourInformation } from '../../../src/ml/statistics/mutual-information.js';
import { countSorted } from '../../../src/ml/statistics/value-counts.js';

const stream = randomStream(1, 'values');
const drawn = [0, 1].map((shift) => Float64Array.from({ length: 60 }, () => shift + stream.normal()));
const inUnit = (unit: number) => drawn.map((values) => countSorted(values.map((value) => value * unit).sort()));
const all = (unit: number) =>
  countSorted(
    Float64Array.from(drawn.flatMap((values) => [...values]))
      .map((x) => x * unit)
      .sort(),
  );

/** Squares of the first overflow or vanish, and differences of the largest do. */
const units = [2 ** 1020, 2 ** 700, 2 ** 300, 2 ** -300, 2 ** -900];

describe('figures do not depend on the unit of a feature', () => {
  it.each(units)('mean, deviation, percentiles and shape times %d', (unit) => {
    const [plain, scaled] = [describeCounts(all(1)), describeCounts(all(unit))];
    for (const name of ['mean', 'std', 'min', 'max'] as const) expect(scaled[name] / unit).toBeCloseTo(plain[name], 12);
    scaled.percentiles.forEach((value, i) => expect(value / unit).toBeCloseTo(plain.percentiles[i], 12));
    expect(scaled.skewness).toBeCloseTo(plain.skewness, 10);
    expect(scaled.kurtosis).toBeCloseTo(plain.kurtosis, 10);
  });

  it.each(units)('what a feature tells of the class, times %d', (unit) => {
    expect(anova(inUnit(unit)).statistic).toBeCloseTo(anova(inUnit(1)).statistic, 9);
    expect(neighbourInformation(inUnit(unit), 0, 0)).toBeCloseTo(neighbourInformation(inUnit(1), 0, 0), 9);
  });
});

it('leaves ordinary numbers as they are', () => {
  for (const largest of [0, 1e-60, 1, 1e18, 1e60]) expect(binaryUnit(largest)).toBe(1);
  for (const largest of [Number.MAX_VALUE, 1e-300, Number.MIN_VALUE]) {
    const unit = binaryUnit(largest);
    expect(Number.isInteger(Math.log2(unit))).toBe(true);
    expect(1 / unit).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(largest / unit).toBeLessThan(2 ** 100);
  }
});
