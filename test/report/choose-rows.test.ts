import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChoosableRows, chooseRows } from '../../src/report/choose-rows.js';

const labels = ['benign', 'malicious'];

/** Rows of `parts` parts; label 1 = malicious. */
function table(rows: { part: number; label: number; value: number }[], parts: number): ChoosableRows {
  const coded = (names: string[], codes: number[]) => ({ names, codes: Int32Array.from(codes) });
  const rank = new Uint32Array(rows.length);
  for (let part = 0; part < parts; part++) {
    const members = [...rows.keys()].filter((row) => rows[row].part === part);
    members.sort((a, b) => rows[b].value - rows[a].value || a - b);
    for (const [k, row] of members.entries()) rank[row] = k + 1;
  }
  return {
    rows: rows.length,
    part: coded(
      Array.from({ length: parts }, (_, part) => `part ${part}`),
      rows.map(({ part }) => part),
    ),
    label: coded(
      labels,
      rows.map(({ label }) => label),
    ),
    family: coded(
      [],
      rows.map(() => -1),
    ),
    predicted: coded(
      labels,
      rows.map(({ value }) => (value > 0.5 ? 1 : 0)),
    ),
    value: Float64Array.from(rows, ({ value }) => value),
    rank,
  };
}

const row = fc.record({
  part: fc.integer({ min: 0, max: 2 }),
  label: fc.integer({ min: -1, max: 1 }),
  value: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.5)),
});

describe('chooseRows', () => {
  it('takes different rows in order, never more than it may, and all that fit', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (rows, limit) => {
        const chosen = [...chooseRows(table(rows, 3), limit, 0.5)];
        expect(chosen.length).toBeLessThanOrEqual(limit);
        if (rows.length <= limit) expect(chosen).toEqual([...rows.keys()]);
        expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps the highest ranks, the grossest errors and the closest calls of every part', () => {
    const rows = Array.from({ length: 2000 }, (_, k) => ({
      part: k < 1900 ? 0 : 1,
      // Malicious above a half, but for one gross error on either side.
      label: k === 3 ? 1 : k === 1896 ? 0 : (k % 1900) / 1900 > 0.5 ? 1 : 0,
      value: (k % 1900) / 1900,
    }));
    const chosen = new Set(chooseRows(table(rows, 2), 100, 0.5));
    expect(chosen.size).toBeGreaterThan(90);
    for (const wanted of [1899, 1898, 1890, 3, 1896, 949, 950, 951]) expect(chosen).toContain(wanted);
    expect([...chosen].filter((k) => k >= 1900).length).toBeGreaterThanOrEqual(12);
  });
});
