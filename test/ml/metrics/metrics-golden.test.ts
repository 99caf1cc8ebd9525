import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reliability } from '../../../src/ml/metrics/calibration.js';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { confusionMatrix, multiclassIndicators } from '../../../src/ml/metrics/multiclass.js';
import { normalQuantile } from '../../../src/ml/metrics/normal-quantile.js';
import { averagePrecision, precisionRecallPoints } from '../../../src/ml/metrics/precision-recall.js';
import { recallAtFpr, rocAuc, rocPoints } from '../../../src/ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';

interface AtThreshold {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f1Macro: number;
  readonly f1Micro: number;
}

interface Golden {
  readonly binary: readonly {
    readonly name: string;
    readonly values: number[];
    readonly positive: number[];
    readonly rocAuc: number;
    readonly averagePrecision: number;
    readonly brier: number;
    readonly roc: { readonly falsePositiveRate: number[]; readonly truePositiveRate: number[] };
    readonly precisionRecall: { readonly recall: number[]; readonly precision: number[]; readonly reached: number[] };
    readonly recallAtFpr: Readonly<Record<string, number>>;
    readonly at: Readonly<Record<string, AtThreshold>>;
    readonly calibration: { readonly maliciousShare: number[]; readonly meanProbability: number[] };
  }[];
  readonly multiclass: readonly {
    readonly name: string;
    readonly truth: number[];
    readonly predicted: number[];
    readonly k: number;
    readonly matrix: number[];
    readonly accuracy: number;
    readonly f1Macro: number;
    readonly f1Micro: number;
    readonly precision: number[];
    readonly recall: number[];
    readonly f1: number[];
    readonly instances: number[];
  }[];
  readonly normalQuantile: [number, number][];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/metrics.json', import.meta.url), 'utf8')) as Golden;

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, i) => expect(value).toBeCloseTo(theirs[i], 12));
}

describe.each(golden.binary)('metrics of scikit-learn: $name', (theirs) => {
  const values = Float64Array.from(theirs.values);
  const positive = Uint8Array.from(theirs.positive);
  const curve = scoreCurve(values, positive);

  it('areas and errors', () => {
    expect(rocAuc(curve)).toBeCloseTo(theirs.rocAuc, 12);
    expect(averagePrecision(curve)).toBeCloseTo(theirs.averagePrecision, 12);
    expect(reliability(values, positive).brier).toBeCloseTo(theirs.brier, 12);
  });

  it('the ROC curve, its corners only', () => {
    const { falsePositiveRate, truePositiveRate } = rocPoints(curve);
    // scikit-learn drops a point by its neighbours among all points, ours by the corners before it: the path is one.
    const onPath = (x: number, y: number): number => {
      for (let i = 0; i + 1 < falsePositiveRate.length; i++) {
        const [x0, x1] = [falsePositiveRate[i], falsePositiveRate[i + 1]];
        const [y0, y1] = [truePositiveRate[i], truePositiveRate[i + 1]];
        const inside = x >= x0 && x <= x1 && y >= y0 && y <= y1;
        if (inside && Math.abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) < 1e-12) return 1;
      }
      return 0;
    };
    const { roc } = theirs;
    expect(roc.falsePositiveRate.map((x, i) => onPath(x, roc.truePositiveRate[i]))).not.toContain(0);
    expect(falsePositiveRate.length).toBeLessThanOrEqual(roc.falsePositiveRate.length);
  });

  it('the precision-recall curve', () => {
    const { recall, precision } = precisionRecallPoints(curve);
    expectClose(recall, theirs.precisionRecall.recall);
    expectClose(precision, theirs.precisionRecall.precision);
    expectClose([...curve.thresholds], theirs.precisionRecall.reached);
  });

  it.each(Object.entries(theirs.recallAtFpr))('recall at a false-positive rate of %s', (rate, recall) => {
    expect(recallAtFpr(curve, Number(rate))).toBeCloseTo(recall, 12);
  });

  it.each(Object.entries(theirs.at))('indicators at threshold %s', (threshold, expected) => {
    const counts = countsAbove(curve, Number(threshold));
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = expected;
    expect(counts).toEqual({ truePositives, falsePositives, falseNegatives, trueNegatives });
    const ours = binaryIndicators(counts);
    expect(ours.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(ours.recall).toBeCloseTo(expected.recall, 12);
    // What is undefined without alerts is 0 for zero_division=0.
    expect(ours.precision ?? 0).toBeCloseTo(expected.precision, 12);
    expect(ours.precision === null).toBe(truePositives + falsePositives === 0);
    expect(ours.f1).toBeCloseTo(expected.f1, 12);
    const predicted = Uint32Array.from(values, (value) => Number(value > Number(threshold)));
    const { f1Macro, f1Micro } = multiclassIndicators(confusionMatrix(Uint32Array.from(positive), predicted, 2), 2);
    expect(f1Macro).toBeCloseTo(expected.f1Macro, 12);
    expect(f1Micro).toBeCloseTo(expected.f1Micro, 12);
  });
});

describe.each(golden.multiclass)('multiclass metrics of scikit-learn: $name', (theirs) => {
  it('matrix, averages and classes', () => {
    const matrix = confusionMatrix(Int32Array.from(theirs.truth), Uint32Array.from(theirs.predicted), theirs.k);
    expect([...matrix]).toEqual(theirs.matrix);
    const ours = multiclassIndicators(matrix, theirs.k);
    expect(ours.accuracy).toBeCloseTo(theirs.accuracy, 12);
    expect(ours.f1Macro).toBeCloseTo(theirs.f1Macro, 12);
    expect(ours.f1Micro).toBeCloseTo(theirs.f1Micro, 12);
    expect(ours.classes.map(({ instances }) => instances)).toEqual(theirs.instances);
    const orZero = (column: 'precision' | 'recall' | 'f1'): number[] => ours.classes.map((of) => of[column] ?? 0);
    expectClose(orZero('precision'), theirs.precision);
    expectClose(orZero('recall'), theirs.recall);
    expectClose(orZero('f1'), theirs.f1);
  });
});

describe('other references', () => {
  it('reliability bins of scikit-learn, where no value lies on an edge', () => {
    const theirs = golden.binary[0];
    const { bins } = reliability(Float64Array.from(theirs.values), Uint8Array.from(theirs.positive));
    const full = bins.filter(({ instances }) => instances > 0);
    expectClose(
      full.map((bin) => bin.maliciousShare ?? -1),
      theirs.calibration.maliciousShare,
    );
    expectClose(
      full.map((bin) => bin.meanProbability ?? -1),
      theirs.calibration.meanProbability,
    );
  });

  it.each(golden.normalQuantile)('normal quantile of %s', (p, quantile) => {
    expect(Math.abs(normalQuantile(p) - quantile)).toBeLessThanOrEqual(4e-15 * Math.abs(quantile));
    if (p > 1e-4) expect(normalQuantile(1 - p)).toBeCloseTo(-quantile, 11);
  });
});
