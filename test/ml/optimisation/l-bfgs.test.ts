import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { InterruptedError } from '../../../src/errors.js';
import { minimiseLbfgs, type SmoothFunction } from '../../../src/ml/optimisation/l-bfgs.js';

const options = { tolerance: 1e-8, maxIterations: 1000 };

it('finds the minimum of quadratics, however stretched', () => {
  const axes = fc.array(
    fc.record({ curvature: fc.double({ min: 1e-2, max: 1e3, noNaN: true }), at: fc.integer({ min: -9, max: 9 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(axes, (dimensions) => {
      const f: SmoothFunction = (x, gradient) =>
        dimensions.reduce((sum, { curvature, at }, j) => {
          gradient[j] = curvature * (x[j] - at);
          return sum + 0.5 * gradient[j] * (x[j] - at);
        }, 0);
      const { x, converged } = minimiseLbfgs(f, new Float64Array(dimensions.length), options);
      expect(converged).toBe(true);
      dimensions.forEach(({ at }, j) => expect(Math.abs(x[j] - at)).toBeLessThan(1e-5));
    }),
  );
});

it("follows Rosenbrock's valley", () => {
  const valley: SmoothFunction = ([a, b], gradient) => {
    gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
    gradient[1] = 200 * (b - a * a);
    return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
  };
  const { x, value, iterations } = minimiseLbfgs(valley, Float64Array.of(-1.2, 1), options);
  expect(Math.abs(x[0] - 1) + Math.abs(x[1] - 1)).toBeLessThan(1e-6);
  expect(value).toBeLessThan(1e-12);
  expect(iterations).toBeLessThan(100);
});

it('says when it has not converged, and stops when cancelled', () => {
  const falling: SmoothFunction = ([a], gradient) => {
    gradient[0] = -1;
    return -a;
  };
  expect(minimiseLbfgs(falling, Float64Array.of(0), { ...options, maxIterations: 5 }).converged).toBe(false);
  const signal = { cancelled: true };
  expect(() => minimiseLbfgs(falling, Float64Array.of(0), { ...options, signal })).toThrow(InterruptedError);
});
