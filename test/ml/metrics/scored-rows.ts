import * as fc from 'fast-check';

/** Rows with a value and a label. */
export interface ScoredRows {
  readonly values: Float64Array;
  readonly positive: Uint8Array;
}

export function scoredRows(rows: readonly (readonly [value: number, positive: number | boolean])[]): ScoredRows {
  return {
    values: Float64Array.from(rows, ([value]) => value),
    positive: Uint8Array.from(rows, ([, positive]) => Number(positive)),
  };
}

const value = fc.oneof(
  // Few distinct values: most rows are tied.
  fc.integer({ min: -3, max: 3 }).map((v) => v / 4),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, 0.5, Number.MIN_VALUE, -Number.MIN_VALUE),
);

/** Up to 60 rows, heavy with ties, classes possibly empty. */
export const arbitraryRows: fc.Arbitrary<ScoredRows> = fc
  .array(fc.tuple(value, fc.boolean()), { maxLength: 60 })
  .map(scoredRows);

/** The same, both classes present. */
export const arbitraryTwoClasses: fc.Arbitrary<ScoredRows> = fc
  .tuple(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 60 }), value, value)
  .map(([rows, a, b]) => scoredRows([...rows, [a, true], [b, false]]));

/** n rows from a seeded linear congruential generator; positives lie higher; values have `decimals` decimals. */
export function syntheticRows(n: number, decimals: number, seed = 1): ScoredRows {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const scale = 10 ** decimals;
  const rows: [number, boolean][] = [];
  for (let i = 0; i < n; i++) {
    const positive = next() < 0.3;
    const bell = (next() + next() + next()) / 3;
    rows.push([Math.round((positive ? 0.25 + 0.75 * bell : 0.75 * bell) * scale) / scale, positive]);
  }
  return scoredRows(rows);
}
