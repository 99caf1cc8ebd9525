import { describe, expect, it } from 'vitest';
import { canonicalName, canProduce, splitHeadlineName } from '../../../src/experiments/classify/headline.js';
import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { classifySettings } from './classify-settings.js';

const settings = (validation: Validation, more: Partial<ClassifySettings> = {}): ClassifySettings =>
  classifySettings('logistic-regression', validation, { points: [{}, {}], ...more });

const random = settings({ mode: 'random', testSize: 0.1 });
const window = settings({
  mode: 'sliding-window',
  buckets: 10,
  trainBuckets: 4,
  testBuckets: 1,
  bucketBy: 'time',
  gap: 0,
  labelDelay: 0,
});
const cv = settings({ mode: 'cv', folds: 3 });

describe('headline names', () => {
  it.each([
    ['test.rocAuc', random, true],
    ['test.rocAuc.low', random, true],
    ['test.recallAtFpr.0.01', random, true],
    ['test.recallAtFpr.0.05', random, false],
    ['test.rocauc', random, false],
    ['test', random, false],
    ['cv.rocAuc', random, false],
    ['tuning.rocAuc', random, true],
    ['tuning.f1', random, false],
    ['tuning.rocAuc', settings({ mode: 'cv', folds: 3 }, { points: [{}] }), false],
    ['train.f1', random, true],
    ['train.f1', settings({ mode: 'random', testSize: 0.1 }, { trainingDetection: false }), false],
    ['unlabeled.alerts', random, true],
    ['test.family.spam.recall', random, true],
    ['test.family."a b.c".recall', random, true],
    ['test.family.spam.precision', random, false],
    ['fold.0.rocAuc', cv, true],
    ['fold.2.rocAuc', cv, true],
    ['fold.3.rocAuc', cv, false],
    ['cv.rocAuc', cv, true],
    ['cv.rocAuc.std', cv, true],
    ['cv.recallAtFpr.0.001.std', cv, true],
    ['cv.rocAuc.low', cv, true],
    ['cv.rocAuc.high', cv, true],
    ['cv.rocAuc.low.std', cv, false],
    ['cv.alerts', cv, true],
    ['cv.alerts.std', cv, false],
    ['cv.family.spam.recall', cv, true],
    ['fold.0.rocAuc.std', cv, false],
    ['test.rocAuc', cv, false],
    ['test.aut', settings({ mode: 'temporal', testSize: 0.1, gap: 0, labelDelay: 0 }), true],
    ['test.aut.recall', settings({ mode: 'cutoff', cutoff: 0, gap: 0, labelDelay: 0 }), true],
    ['test.aut.f1', settings({ mode: 'cutoff', cutoff: 0, gap: 0, labelDelay: 0 }), false],
    ['test.aut', random, false],
    ['cv.aut', cv, false],
    ['cv.aut', settings({ mode: 'temporal-cv', folds: 3, bucketBy: 'time', gap: 0, labelDelay: 0 }), true],
    ['cv.aut.rocAuc', window, true],
    ['fold.5.rocAuc', window, true],
    ['fold.6.rocAuc', window, false],
    ['leftOut.spam.recall', random, false],
    ['leftOut.spam.recall', settings({ mode: 'random', testSize: 0.1 }, { leaveOutFamily: true }), true],
    ['leftOut."a b".recall', settings({ mode: 'random', testSize: 0.1 }, { leaveOutFamily: true }), true],
    ['leftOut.recall', settings({ mode: 'random', testSize: 0.1 }, { leaveOutFamily: true }), true],
    ['leftOut.spam.precision', settings({ mode: 'random', testSize: 0.1 }, { leaveOutFamily: true }), false],
    ['dataset:other.f1', settings({ mode: 'datasets', datasets: ['other'] }), true],
    ['test.f1', settings({ mode: 'datasets', datasets: ['other'] }), true],
    ['all.f1', settings({ mode: 'datasets', datasets: ['other'] }), false],
    ['all.f1', settings({ mode: 'datasets', datasets: ['a', 'b'] }), true],
    ['"dataset:my set".f1', settings({ mode: 'datasets', datasets: ['my set', 'b'] }), true],
    ['test.f1', settings({ mode: 'unlabeled' }), false],
    ['unlabeled.f1', settings({ mode: 'unlabeled' }), true],
  ])('%s', (name, of, possible) => {
    expect(canProduce(name, of)).toBe(possible);
  });

  it.each([
    ['test.rocAuc', 'test.rocAuc'],
    ['fold.0.recallAtFpr.0.01', 'fold.0.recallAtFpr.0.01'],
    ['test.family."__proto__".recall', 'test.family.__proto__.recall'],
    ['test.family."a b".recall', 'test.family."a b".recall'],
    ['"dataset:later".f1', 'dataset:later.f1'],
    ['"dataset:my set".f1', '"dataset:my set".f1'],
  ])('%s is kept as %s', (typed, kept) => expect(canonicalName(typed)).toBe(kept));

  it('split at dots outside of quotes', () => {
    expect(splitHeadlineName('test.family."a.\\"b".recall')).toEqual(['test', 'family', 'a."b', 'recall']);
    expect(splitHeadlineName('test.')).toBeNull();
    expect(splitHeadlineName('test."open')).toBeNull();
    expect(splitHeadlineName('')).toEqual([]);
  });
});
