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
