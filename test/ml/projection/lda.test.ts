import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { lda } from '../../../src/ml/projection/algorithms/lda.js';
import { rca } from '../../../src/ml/projection/algorithms/rca.js';
import { shrunkCovariance, withinClasses } from '../../../src/ml/projection/within-classes.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly cases: { shrinkage: number; axes: number[][]; coordinates: number[][] }[];
  readonly ledoitWolf: number[];
}

const { X, y, cases, ledoitWolf } = JSON.parse(
  readFileSync(new URL('../../golden/lda.json', import.meta.url), 'utf8'),
) as Golden;
const input = { X: denseFromRows(X), classes: Int32Array.from(y), classCount: 4 };
const context = { seed: 0, executor: inlineExecutor };

it.each(cases)('finds the directions of scikit-learn with a shrinkage of $shrinkage', async (golden) => {
  const found = await lda.project(input, 3, { shrinkage: golden.shrinkage }, context);
  golden.axes.flat().forEach((value, at) => {
    expect(found.linear?.axes[at]).toBeCloseTo(value, 8);
  });
  golden.coordinates.flat().forEach((value, at) => {
    expect(found.coordinates[at]).toBeCloseTo(value, 7);
  });
});

it('shrinks as Ledoit and Wolf do', () => {
  shrunkCovariance(withinClasses(input, 2), 'auto').forEach((value, at) => {
    expect(value).toBeCloseTo(ledoitWolf[at], 10);
  });
});

it('tells when the means span fewer directions than were asked for', async () => {
  const line = [0, 1, 2].flatMap((c) => [-1, 1].flatMap((a) => [-1, 1].map((b) => [3 * c + a, b])));
  const classes = Int32Array.from(line.keys(), (i) => Math.floor(i / 4));
  const found = await lda.project({ X: denseFromRows(line), classes, classCount: 3 }, 2, { shrinkage: 0 }, context);
  expect(found.components).toBe(1);
  expect(found.warnings.join()).toContain('tell 1 directions apart');
});

it('refuses features that depend on each other, without shrinkage', async () => {
  const double = denseFromRows(X.map((row) => [...row, row[0]]));
  await expect(lda.project({ ...input, X: double }, 1, { shrinkage: 0 }, context)).rejects.toThrow(/independent/);
  const found = await lda.project({ ...input, X: double }, 1, { shrinkage: 'auto' }, context);
  expect(found.coordinates.every(Number.isFinite)).toBe(true);
});

it.each([lda, rca])(
  '$id refuses classes within which nothing varies, such as single instances',
  async ({ project }) => {
    const singles = {
      X: denseFromRows([
        [0, 1],
        [2, 5],
        [4, 4],
      ]),
      classes: Int32Array.of(0, 1, 2),
      classCount: 3,
    };
    await expect(project(singles, 1, { shrinkage: 'auto' }, context)).rejects.toThrow('nothing varies within it');
  },
);
