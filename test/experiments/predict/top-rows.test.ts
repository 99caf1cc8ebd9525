import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { TopRows } from '../../../src/experiments/predict/top-rows.js';

it('keeps what a stable sort of all rows would put first', () => {
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 12 }), (rankings, size) => {
      const rows = rankings.map((ranking, at) => ({ ranking, at }));
      const top = new TopRows<(typeof rows)[number]>(size);
      for (const row of rows) top.add(row);
      expect(top.take()).toEqual(rows.toSorted((a, b) => b.ranking - a.ranking).slice(0, size));
    }),
  );
});
