import { describe, expect, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { rowsAlike } from '../../../src/ml/matrix/rows-alike.js';

describe('whether all rows are alike', () => {
  it('tells equal rows from those of which a single cell differs, dense and sparse', () => {
    const same = [
      [0, 2, 0],
      [0, 2, 0],
      [0, 2, 0],
    ];
    const others = [
      [0, 2, 1],
      [0, 3, 0],
      [2, 0, 0],
      [0, 0, 0],
    ];
    for (const shape of [denseFromRows, (rows: number[][]) => toSparse(denseFromRows(rows))]) {
      expect(rowsAlike(shape(same))).toBe(true);
      expect(rowsAlike(shape(same.slice(0, 1)))).toBe(true);
      for (const other of others) expect(rowsAlike(shape([...same, other])), String(other)).toBe(false);
    }
  });

  it('takes missing cells for alike', () => {
    expect(rowsAlike(denseFromRows([[Number.NaN], [Number.NaN]]))).toBe(true);
    expect(rowsAlike(denseFromRows([[Number.NaN], [0]]))).toBe(false);
  });
});
