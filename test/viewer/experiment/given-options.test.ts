import { describe, expect, it } from 'vitest';
import { givenOptions } from '../../../viewer/src/experiment/given-options.js';

describe('what a command line gave', () => {
  it('is told from defaults', () => {
    const { options, params } = givenOptions(
      "secuml classify --project 'a --seed b' --dataset=D --no-training-detection --param n_estimators=50 --param C=1,2 --tuning-folds 3",
    );
    expect([...options]).toEqual(expect.arrayContaining(['project', 'dataset', 'trainingDetection', 'tuningFolds']));
    expect(options.has('seed')).toBe(false);
    expect([...params]).toEqual(['nEstimators', 'C']);
  });

  it('decides settings of other names', () => {
    expect(givenOptions('secuml classify --validation-dataset t').options.has('validation')).toBe(true);
    expect(givenOptions('secuml classify --no-tuning').options.has('tuningFolds')).toBe(true);
  });
});
