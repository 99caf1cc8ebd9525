import { meanOf } from './figures.js';
import { unitOf } from './magnitude.js';
import { chiSquaredTail } from './incomplete-gamma.js';
import { fTail } from './incomplete-beta.js';
import type { ValueCounts } from './value-counts.js';

/** A statistic and its p-value; NaN where undefined. */
export interface TestResult {
  readonly statistic: number;
  readonly p: number;
}

const undefinedTest: TestResult = { statistic: Number.NaN, p: Number.NaN };

/**
 * One-way analysis of variance of a feature between classes (as scikit-learn's f_classif): mean square between the
 * classes over mean square within. Infinite, with p 0, where classes differ and vary in nothing. O(distinct values).
 */
export function anova(classes: readonly ValueCounts[]): TestResult {
  const present = classes.filter(({ total }) => total > 0);
  const n = present.reduce((sum, { total }) => sum + total, 0);
  if (present.length < 2 || n <= present.length) return undefinedTest;
  // One unit for all: the statistic does not depend on it.
  const inverse = 1 / Math.max(...present.map(({ values }) => unitOf(values)));
  const means = present.map((column) => meanOf(column) * inverse);
  let mean = 0;
  present.forEach(({ total }, k) => (mean += (means[k] - means[0]) * (total / n)));
  mean += means[0];
  let [between, within] = [0, 0];
  present.forEach(({ values, counts, total }, k) => {
    between += total * (means[k] - mean) ** 2;
    for (let i = 0; i < values.length; i++) within += counts[i] * (values[i] * inverse - means[k]) ** 2;
  });
  const [above, below] = [present.length - 1, n - present.length];
  if (within === 0 && between === 0) return undefinedTest;
  const statistic = between / above / (within / below);
  return { statistic, p: fTail(statistic, above, below) };
}

/**
 * Chi-squared statistic of a non-negative feature's sums by class against what the classes' sizes alone would give
 * (as scikit-learn's chi2); undefined where a value is negative or all are 0. O(distinct values).
 */
export function chiSquared(classes: readonly ValueCounts[]): TestResult {
  const present = classes.filter(({ total }) => total > 0);
  if (present.length < 2 || present.some(({ values }) => values[0] < 0)) return undefinedTest;
  const sums = present.map(({ values, counts }) => values.reduce((sum, value, i) => sum + counts[i] * value, 0));
  const whole = sums.reduce((a, b) => a + b, 0);
  if (!(whole > 0)) return undefinedTest;
  const n = present.reduce((sum, { total }) => sum + total, 0);
  let statistic = 0;
  present.forEach(({ total }, k) => {
    const expected = (whole * total) / n;
    statistic += (sums[k] - expected) ** 2 / expected;
  });
  return { statistic, p: chiSquaredTail(statistic, present.length - 1) };
}
