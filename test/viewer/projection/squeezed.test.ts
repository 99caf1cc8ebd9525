import { expect, it } from 'vitest';
import type { Hexagon } from '../../../viewer/src/projection/hexagon-colours.js';
import { isSqueezed } from '../../../viewer/src/projection/squeezed.js';

const hexagon = (u: number, v: number, instances: number): Hexagon => {
  return { u, v, instances, malicious: 0, benign: instances, families: [], members: [] };
};

const spread = Array.from({ length: 30 }, (_, k) => hexagon(k, (k * 7) % 22, 10));

it('sees that a few far out press all others into a strip, across or upwards', () => {
  expect(isSqueezed({ hexagons: spread })).toBe(false);
  const flat = spread.map(({ u, instances }) => hexagon(u, u % 3, instances));
  expect(isSqueezed({ hexagons: [...flat, hexagon(15, 22, 2)] })).toBe(true);
  expect(isSqueezed({ hexagons: [...spread.map(({ v }) => hexagon(v % 3, v, 10)), hexagon(29, 5, 2)] })).toBe(true);
  // So many at the other end are a part of the data.
  expect(isSqueezed({ hexagons: [...flat, hexagon(15, 22, 20)] })).toBe(false);
  expect(isSqueezed({ hexagons: [] })).toBe(false);
});
