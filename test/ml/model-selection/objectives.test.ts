import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Predictions } from '../../../src/ml/classifiers/classifier.js';
import { acceptsMulticlass, objectiveIds, objectiveValue } from '../../../src/ml/model-selection/objectives.js';

function binary(probability: readonly number[]): Predictions {
  return { classCount: 2, probabilities: Float64Array.from(probability.flatMap((p) => [1 - p, p])), scores: null };
}

const scores = (values: readonly number[]): Predictions => ({
  classCount: 2,
  probabilities: null,
  scores: Float64Array.from(values),
});

describe('objectiveValue', () => {
  // By descending value: malicious, benign, malicious, benign, benign.
  const predictions = binary([0.9, 0.7, 0.6, 0.5, 0.1]);
  const y = Uint32Array.of(1, 0, 1, 0, 0);

  it.each([
    ['roc-auc', 0, 5 / 6],
    ['average-precision', 0, (1 + 2 / 3) / 2],
    ['accuracy', 0, 4 / 5],
    ['f1', 0, 4 / 5],
    ['ndcg', 0, (1 + 1 / 4) / (1 + 1 / 2 + 1 / 4 + 1 / 8 + 1 / 16)],
    ['dr-at-fpr', 0.3, 1 / 2],
    ['dr-at-fpr', 0.4, 1],
    ['dr-at-fdr', 0.3, 1 / 2],
    ['dr-at-fdr', 0.34, 1],
  ] as const)('%s at %d', (id, at, expected) => {
    expect(objectiveValue(id, predictions, y, at)).toBeCloseTo(expected, 14);
  });

  it('decides by a score of 0 without probabilities', () => {
    const decided = scores([2, 1, 0.5, 0, -3]);
    expect(objectiveValue('accuracy', decided, y, 0)).toBe(4 / 5);
    expect(objectiveValue('roc-auc', decided, y, 0)).toBeCloseTo(5 / 6, 14);
  });

  it('is null where the rows leave it undefined', () => {
    const benign = Uint32Array.of(0, 0);
    const calm = binary([0.1, 0.2]);
    for (const id of objectiveIds) expect(objectiveValue(id, calm, benign, 0.1)).toBe(id === 'accuracy' ? 1 : null);
    for (const id of objectiveIds) expect(objectiveValue(id, binary([]), new Uint32Array(0), 0.1)).toBeNull();
  });

  it('judges more than two classes by their decisions alone', () => {
    const three: Predictions = {
      classCount: 3,
      probabilities: Float64Array.of(0.5, 0.3, 0.2, 0.4, 0.4, 0.2, 0.1, 0.1, 0.8),
      scores: null,
    };
    const truth = Uint32Array.of(0, 1, 2);
    expect(objectiveValue('accuracy', three, truth, 0)).toBeCloseTo(2 / 3, 14);
    // F1 of the classes: 2/3, 0, 1.
    expect(objectiveValue('f1', three, truth, 0)).toBeCloseTo(5 / 9, 14);
    for (const id of objectiveIds.filter((objective) => !acceptsMulticlass(objective))) {
      expect(() => objectiveValue(id, three, truth, 0)).toThrow(RangeError);
    }
    expect(objectiveIds.filter(acceptsMulticlass)).toEqual(['accuracy', 'f1']);
  });
});

interface Golden {
  readonly values: number[];
  readonly y: number[];
  readonly [objective: string]: unknown;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/calibration.json', import.meta.url), 'utf8')) as {
  readonly objectives: readonly Golden[];
};

describe('objectives of tied values', () => {
  it.each(golden.objectives)('are those of scikit-learn ($values.length rows)', (one) => {
    const y = Uint32Array.from(one.y);
    for (const id of objectiveIds) {
      const expected = id.startsWith('dr-at') ? (one[id] as Record<string, number>) : { 0: one[id] as number };
      for (const [at, value] of Object.entries(expected)) {
        expect(objectiveValue(id, binary(one.values), y, Number(at)), `${id} at ${at}`).toBeCloseTo(value, 12);
      }
    }
  });

  it('do not depend on the order of the rows', () => {
    for (const { values, y } of golden.objectives) {
      for (const id of objectiveIds) {
        const turned = objectiveValue(id, binary(values.toReversed()), Uint32Array.from(y).toReversed(), 0.05);
        expect(turned, id).toBe(objectiveValue(id, binary(values), Uint32Array.from(y), 0.05));
      }
    }
  });

  it('tell false positives of the benign from false alarms among the alerts', () => {
    // 10,000 instances, 10 malicious; at 0.5 two are missed and ten benign ones called malicious.
    const values = Array.from({ length: 10_000 }, (_, i) => (i < 8 || (i >= 10 && i < 20) ? 0.9 : 0.1));
    const y = Uint32Array.from(values, (_, i) => Number(i < 10));
    expect(objectiveValue('dr-at-fpr', binary(values), y, 0.0011)).toBe(0.8);
    expect(objectiveValue('dr-at-fdr', binary(values), y, 0.55)).toBe(0);
    expect(objectiveValue('dr-at-fdr', binary(values), y, 0.556)).toBe(0.8);
  });
});
