import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeColumn, type DescriptionRequest, scoreNames } from '../../../src/ml/statistics/describe-column.js';
import { digamma } from '../../../src/ml/statistics/digamma.js';
import { groupColumns, readColumns } from '../../../src/ml/statistics/grouped-columns.js';
import { fTail } from '../../../src/ml/statistics/incomplete-beta.js';
import { chiSquaredTail } from '../../../src/ml/statistics/incomplete-gamma.js';
import { kolmogorovTail } from '../../../src/ml/statistics/kolmogorov-tail.js';
import { discreteInformation } from '../../../src/ml/statistics/mutual-information.js';
import { mergeAll } from '../../../src/ml/statistics/value-counts.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';

interface Golden {
  label: number[];
  family: number[];
  columns: Record<string, (number | null)[]>;
  described: Record<string, Record<string, number | null> & { percentiles: number[] }>;
  cramersV: Record<string, [number, number]>;
  tails: Record<'chiSquared' | 'f' | 'kolmogorov' | 'digamma', number[][]>;
}

// Made by test/golden/statistics.py.
const golden = JSON.parse(readFileSync(new URL('../../golden/statistics.json', import.meta.url), 'utf8')) as Golden;
const names = Object.keys(golden.columns);
const X = denseFromRows(golden.label.map((_, i) => names.map((name) => golden.columns[name][i] ?? Number.NaN)));

/** Rows by family; scores between the two labels or between the families. */
function described(between: 'labels' | 'families') {
  const source = groupColumns(X, Int32Array.from(golden.family), 5);
  const labels = Int8Array.of(1, 1, 1, 0, 0);
  const request: DescriptionRequest = {
    sizes: source.sizes,
    labels,
    classes: between === 'labels' ? Int32Array.from(labels) : Int32Array.of(0, 1, 2, 3, 4),
    shown: [0],
    scores: scoreNames,
    seed: 0,
  };
  const columns = readColumns(source, 0, names.length);
  return names.map((_, j) => ({
    groups: columns[j],
    found: describeColumn(columns[j], j, false, request, null),
  }));
}

function expectNear(actual: number, expected: number | null, tolerance: number): void {
  if (expected === null) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

describe('figures and scores of features', () => {
  const [byLabel, byFamily] = [described('labels'), described('families')];

  it.each(names.map((name, j) => [name, j] as const))('%s: as numpy, scipy and scikit-learn have them', (name, j) => {
    const expected = golden.described[name];
    const { all, scores } = byLabel[j].found;
    for (const figure of ['count', 'distinct', 'zeros', 'min', 'max', 'mean', 'std', 'skewness', 'kurtosis'] as const) {
      expectNear(all[figure], expected[figure], 1e-9);
    }
    all.percentiles.forEach((value, k) => expectNear(value, expected.percentiles[k], 1e-9));
    expectNear(scores.variance, expected.variance, 1e-9);
    expectNear(scores.rocAuc.statistic, expected.rocAuc, 1e-12);
    expectNear(scores.rocAuc.p, expected.rocAucP, 1e-9);
    expectNear(scores.ks.statistic, expected.ks, 1e-12);
    expectNear(scores.ks.p, expected.ksP, 1e-9);
  });

  it.each(names.map((name, j) => [name, j] as const))('%s: differences between classes', (name, j) => {
    const expected = golden.described[name];
    for (const [{ found }, suffix] of [
      [byLabel[j], ''],
      [byFamily[j], 'Families'],
    ] as const) {
      const { anova, chi2, mutualInformation } = found.scores;
      expectNear(anova.statistic, expected[`anova${suffix}`] ?? null, 1e-9);
      expectNear(anova.p, expected[`anovaP${suffix}`] ?? null, 1e-9);
      const negative = found.all.min < 0;
      expectNear(chi2.statistic, negative ? null : expected[`chi2${suffix}`], 1e-9);
      expectNear(chi2.p, negative ? null : expected[`chi2P${suffix}`], 1e-9);
      const information = expected[`neighbourInformation${suffix}`];
      if (information !== undefined) expectNear(mutualInformation, information, 1e-6);
    }
  });

  it('mutual information of the counts, and of their table', () => {
    for (const [name, [label, family]] of Object.entries(golden.cramersV)) {
      const j = names.indexOf(name);
      expectNear(byLabel[j].found.scores.cramersV, label, 1e-9);
      expectNear(byFamily[j].found.scores.cramersV, family, 1e-9);
    }
    names.forEach((name, j) => {
      const [malicious, benign] = [byLabel[j].groups.slice(0, 3), byLabel[j].groups.slice(3)];
      const information = discreteInformation([mergeAll(malicious), mergeAll(benign)]);
      expectNear(information, golden.described[name].discreteInformation, 1e-9);
    });
  });
});

describe('tails of distributions', () => {
  it('chi-squared, F and Kolmogorov, to ten digits', () => {
    const close = (actual: number, expected: number): void =>
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * expected + 1e-300);
    for (const [x, degrees, p] of golden.tails.chiSquared) close(chiSquaredTail(x, degrees), p);
    for (const [x, a, b, p] of golden.tails.f) close(fTail(x, a, b), p);
    for (const [x, p] of golden.tails.kolmogorov) close(kolmogorovTail(x), p);
    for (const [m, value] of golden.tails.digamma) expect(Math.abs(digamma(m) - value)).toBeLessThan(1e-14 * 20);
  });
});
