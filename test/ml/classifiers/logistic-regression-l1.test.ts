import { describe, expect, it } from 'vitest';
import { minimiseByColumns } from '../../../src/ml/classifiers/logistic-regression/l1-columns.js';
import { minimiseByGram } from '../../../src/ml/classifiers/logistic-regression/l1-gram.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { standardisedDesign } from '../../../src/ml/preprocessing/standardisation-design.js';
import { randomStream } from '../../../src/ml/random/stream.js';

describe.each([
  { name: 'dense', zeros: 0 },
  { name: 'sparse', zeros: 0.8 },
])('the quadratic model of an L1 problem, $name', ({ zeros }) => {
  const stream = randomStream(1, 'test');
  const rows = Array.from({ length: 60 }, () =>
    Array.from({ length: 12 }, () => (stream.float() < zeros ? 0 : 1 + stream.normal())),
  );
  const { design } = standardisedDesign(denseFromRows(rows));
  const curvature = Float64Array.from({ length: 60 }, () => stream.float());
  const active = Uint32Array.of(0, 1, 3, 4, 7, 8, 10);
  const model = {
    gradient: Float64Array.from({ length: 8 }, () => 6 * stream.normal()),
    penalty: Float64Array.of(4, 4, 4, 4, 4, 4, 4, 0),
    damping: Float64Array.from({ length: 8 }, () => stream.float()),
  };

  it('has the same minimum by its Hessian and by its columns, and it is optimal', () => {
    const start = Float64Array.of(0, 0.5, 0, -0.2, 0, 0, 0.1, 0.3);
    const byGram = start.slice();
    minimiseByGram(model, design, curvature, active, byGram, 1e-10);
    const byColumns = start.slice();
    minimiseByColumns(model, design, curvature, active, byColumns, 1e-10);
    byGram.forEach((value, j) => expect(byColumns[j]).toBeCloseTo(value, 8));
    expect(byGram.some((value, j) => j < 7 && value === 0)).toBe(true);
    expect(byGram.some((value, j) => j < 7 && value !== 0)).toBe(true);

    const hessian = new Float64Array(64);
    design.gram(curvature, active, hessian);
    for (let j = 0; j < 8; j++) {
      let slope = model.gradient[j] + model.damping[j] * (byGram[j] - start[j]);
      for (let i = 0; i < 8; i++) slope += hessian[j * 8 + i] * (byGram[i] - start[i]);
      if (byGram[j] === 0) expect(Math.abs(slope)).toBeLessThanOrEqual(model.penalty[j] + 1e-8);
      else expect(slope + Math.sign(byGram[j]) * model.penalty[j]).toBeCloseTo(0, 8);
    }
  });
});
