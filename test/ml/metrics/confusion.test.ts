import { describe, expect, it } from 'vitest';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { confusionMatrix, multiclassIndicators } from '../../../src/ml/metrics/multiclass.js';

describe('binaryIndicators', () => {
  it('tells the two false-alarm measures apart: 10,000 instances, 10 malicious, 2 missed, 10 false alarms', () => {
    const indicators = binaryIndicators({
      truePositives: 8,
      falsePositives: 10,
      falseNegatives: 2,
      trueNegatives: 9980,
    });
    expect(indicators.falsePositiveRate).toBeCloseTo(0.001, 5);
    expect(indicators.falseDiscoveryRate).toBeCloseTo(0.556, 3);
    expect(indicators.recall).toBe(0.8);
    expect(indicators.precision).toBeCloseTo(0.444, 3);
    expect(indicators.accuracy).toBe(0.9988);
  });

  it('leaves undefined what has no rows to be a share of', () => {
    expect(binaryIndicators({ truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 })).toEqual({
      accuracy: null,
      precision: null,
      recall: null,
      f1: null,
      falsePositiveRate: null,
      falseDiscoveryRate: null,
    });
    expect(binaryIndicators({ truePositives: 0, falsePositives: 0, falseNegatives: 3, trueNegatives: 1 })).toEqual({
      accuracy: 0.25,
      precision: null,
      recall: 0,
      f1: 0,
      falsePositiveRate: 0,
      falseDiscoveryRate: null,
    });
    expect(binaryIndicators({ truePositives: 0, falsePositives: 2, falseNegatives: 0, trueNegatives: 2 })).toEqual({
      accuracy: 0.5,
      precision: 0,
      recall: null,
      f1: null,
      falsePositiveRate: 0.5,
      falseDiscoveryRate: 1,
    });
  });
});

describe('multiclass', () => {
  it('leaves out rows without a class, and refuses a class beyond the matrix', () => {
    expect([...confusionMatrix(Int32Array.of(-1, 0, 1), Uint32Array.of(1, 1, 1), 2)]).toEqual([0, 1, 0, 1]);
    expect(() => confusionMatrix(Int32Array.of(2), Uint32Array.of(0), 2)).toThrow(RangeError);
  });

  it('has null for a class that occurs nowhere, and does not average it', () => {
    const { classes, f1Macro } = multiclassIndicators(Uint32Array.of(3, 0, 0, 0, 0, 0, 1, 0, 0), 3);
    expect(classes[1]).toEqual({ instances: 0, predicted: 0, precision: null, recall: null, f1: null });
    expect(classes[2]).toEqual({ instances: 1, predicted: 0, precision: null, recall: 0, f1: 0 });
    expect(f1Macro).toBeCloseTo(6 / 7 / 2, 15);
  });

  it('is all null without rows', () => {
    expect(multiclassIndicators(new Uint32Array(4), 2)).toMatchObject({ accuracy: null, f1Macro: null, f1Micro: null });
  });
});
