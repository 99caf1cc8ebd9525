import { describe, expect, it } from 'vitest';
import { FeedbackForest } from '../../../src/ml/anomaly/isolation-forest/feedback-forest.js';
import { growIsolationForest } from '../../../src/ml/anomaly/isolation-forest/isolation-forest.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import type { Tree } from '../../../src/ml/trees/tree.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

/** x <= 0 ends at once (three rows of the sample), x > 0 is divided at 1. */
const tree: Tree = {
  feature: Int32Array.of(0, ~0, 0, ~1, ~2),
  threshold: Float64Array.of(0, 1),
  leaves: Float64Array.of(1 + 1.5, 2, 2),
  leafWeight: Float64Array.of(3, 1, 1),
};
const X = denseMatrix(3, 1, Float64Array.of(-1, 0.5, 2));

describe('FeedbackForest', () => {
  it('scores by the length of the path before any answer', () => {
    const forest = new FeedbackForest({ trees: [tree], sampleSize: 5 }, X, 0.25);
    expect([...forest.scores()]).toEqual([-2.5, -2, -2]);
  });

  it('shortens the paths of what was malicious and lengthens those of what was benign', () => {
    const forest = new FeedbackForest({ trees: [tree], sampleSize: 5 }, X, 0.25);
    forest.answer(2, true);
    // Both edges to row 2 weigh .75; row 1 shares the first of them.
    expect([...forest.scores()]).toEqual([-2.5, -1.75, -1.5]);
    forest.answer(0, false);
    expect([...forest.scores()]).toEqual([-2.75, -1.75, -1.5]);
    forest.forget();
    expect([...forest.scores()]).toEqual([-2.5, -2, -2]);
  });

  it('never lets a weight fall below 0, and remembers how far beyond it the answers went', () => {
    const forest = new FeedbackForest({ trees: [tree], sampleSize: 5 }, X, 1);
    for (let i = 0; i < 3; i++) forest.answer(1, true);
    expect([...forest.scores()]).toEqual([-2.5, 0, -1]);
    // θ of the last edge rises from -2 to 0 only.
    for (let i = 0; i < 2; i++) forest.answer(1, false);
    expect(forest.scores()[1]).toBe(0);
    forest.answer(1, false);
    expect(forest.scores()[1]).toBe(-2);
  });

  it('adds up any number of trees', () => {
    for (const count of [2, 3, 4, 5, 7]) {
      const forest = new FeedbackForest({ trees: Array.from({ length: count }, () => tree), sampleSize: 5 }, X, 0.25);
      forest.answer(2, true);
      expect([...forest.scores()]).toEqual([-2.5, -1.75, -1.5]);
    }
  });

  it('finds more like what was malicious than the forest without answers', async () => {
    const stream = randomStream(5, 'feedback');
    // Scattered benign outliers hide a small malicious group.
    const rows = Array.from({ length: 1000 }, (_, i) => {
      if (i < 30) return [4 + 0.3 * stream.normal(), 4 + 0.3 * stream.normal()];
      const reach = i < 80 ? 4 : 1;
      return [reach * stream.normal(), reach * stream.normal()];
    });
    const data = denseMatrix(1000, 2, Float64Array.from(rows.flat()));
    const options = { trees: 100, sampleSize: 256, featureShare: 1 };
    const grown = await growIsolationForest(data, options, { seed: 2, executor: inlineExecutor });
    const hits = (learns: boolean): number => {
      const forest = new FeedbackForest(grown, data, 1);
      const asked = new Set<number>();
      while (asked.size < 40) {
        const scores = forest.scores();
        let best = -1;
        scores.forEach((score, row) => {
          if (!asked.has(row) && (best === -1 || score > scores[best])) best = row;
        });
        asked.add(best);
        if (learns) forest.answer(best, best < 30);
      }
      return [...asked].filter((row) => row < 30).length;
    };
    expect(hits(true)).toBeGreaterThanOrEqual(2 * hits(false));
  });
});
