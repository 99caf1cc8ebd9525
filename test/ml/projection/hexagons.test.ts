import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { classSeparation } from '../../../src/ml/projection/class-separation.js';
import { hexagons } from '../../../src/ml/projection/hexagons.js';

const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

it('puts every point into the nearest hexagon, and each hexagon holds one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 }), (points) => {
      const x = Float64Array.from(points, ([value]) => value);
      const y = Float64Array.from(points, ([, value]) => value);
      const { hexagon, u, v, unit, xRange, yRange } = hexagons(x, y);
      expect(new Set(hexagon).size).toBe(u.length);
      expect(Math.max(...hexagon)).toBe(u.length - 1);
      for (let i = 0; i < points.length; i++) {
        const [atU, atV] = [(x[i] - xRange[0]) / unit[0], (y[i] - yRange[0]) / unit[1]];
        const away = (k: number): number => Math.hypot(atU - u[k], atV - v[k]);
        const own = away(hexagon[i]);
        expect(own).toBeLessThanOrEqual(1 / Math.sqrt(3) + 1e-9);
        for (let k = 0; k < u.length; k++) expect(own).toBeLessThanOrEqual(away(k) + 1e-9);
      }
    }),
  );
});

it('has hexagons whose neighbours are a width apart', () => {
  const side = Array.from({ length: 200 }, (_, i) => i);
  const x = Float64Array.from(side.flatMap((i) => side.map(() => i)));
  const y = Float64Array.from(side.flatMap(() => side));
  const { u, v } = hexagons(x, y);
  const middle = u.findIndex((_, k) => Math.abs(u[k] - 15) < 1 && Math.abs(v[k] - 10) < 1);
  const near = Array.from(u, (_, k) => Math.hypot(u[k] - u[middle], v[k] - v[middle])).filter((away) => away < 1.1);
  expect(near.sort().map((away) => Number(away.toFixed(9)))).toEqual([0, 1, 1, 1, 1, 1, 1]);
});

it('tells how far classes lie apart', () => {
  // Two pairs a distance of 1 within, 10 between.
  const line = Float64Array.of(0, 1, 10, 11);
  const mean = (10 + 11 + 9 + 10) / 4;
  expect(classSeparation(line, 1, Int32Array.of(0, 0, 1, 1))).toBeCloseTo(1 / mean, 12);
  expect(classSeparation(line, 1, Int32Array.of(0, 0, 0, -1))).toBeNull();
});
