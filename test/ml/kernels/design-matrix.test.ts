import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFromRows, toDense } from '../../../src/ml/matrix/feature-matrix.js';
import { columnScaling } from '../../../src/ml/preprocessing/standardisation.js';
import { standardisedDesign } from '../../../src/ml/preprocessing/standardisation-design.js';

/** Rows of small cells: mostly zeros (a sparse design) or none (a dense one). */
function cells(zeros: number): fc.Arbitrary<number[][]> {
  const cell = fc.oneof(
    { weight: zeros, arbitrary: fc.constant(0) },
    { weight: 10 - zeros, arbitrary: fc.integer({ min: 1, max: 9 }) },
  );
  return fc
    .integer({ min: 1, max: 6 })
    .chain((d) => fc.array(fc.array(cell, { minLength: d, maxLength: d }), { minLength: 2, maxLength: 11 }));
}

/** Ẑ by definition, from the scaling. */
function explicitRows(rows: readonly number[][]): number[][] {
  const { mean, scale, constant } = columnScaling(denseFromRows(rows));
  return rows.map((row) => [...row.map((x, j) => (x - mean[j]) / scale[j]).filter((_, j) => constant[j] === 0), 1]);
}

const deterministic = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(7 * i + 1));

function expectClose(actual: Iterable<number>, expected: readonly number[]): void {
  const values = Array.from(actual);
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 9));
}

describe.each([
  { name: 'mostly zeros', zeros: 8 },
  { name: 'few zeros', zeros: 1 },
])('design matrix, $name', ({ zeros }) => {
  it('multiplies like the explicit standardised matrix', () => {
    fc.assert(
      fc.property(cells(zeros), (rows) => {
        const Z = explicitRows(rows);
        const { design } = standardisedDesign(denseFromRows(rows));
        const width = design.columns + 1;
        expect(width).toBe(Z[0].length);
        const v = deterministic(width);
        const u = deterministic(rows.length);
        const h = u.map((x) => x * x + 0.1);
        const product = Z.map((row) => row.reduce((sum, z, j) => sum + z * v[j], 0));
        const columns = Array.from({ length: width }, (_, j) => j);
        const margins = new Float64Array(rows.length);
        design.multiply(v, margins);
        expectClose(margins, product);
        const out = new Float64Array(width);
        design.multiplyTransposed(u, out);
        expectClose(
          out,
          columns.map((j) => Z.reduce((sum, row, i) => sum + row[j] * u[i], 0)),
        );
        design.multiplyGram(h, v, out);
        expectClose(
          out,
          columns.map((j) => Z.reduce((sum, row, i) => sum + row[j] * h[i] * product[i], 0)),
        );
        design.gramDiagonal(h, out);
        expectClose(
          out,
          columns.map((j) => Z.reduce((sum, row, i) => sum + h[i] * row[j] ** 2, 0)),
        );
      }),
    );
  });

  it('gives every so many of its rows as a matrix', () => {
    fc.assert(
      fc.property(cells(zeros), fc.integer({ min: 1, max: 5 }), (rows, stride) => {
        const { design } = standardisedDesign(denseFromRows(rows));
        const v = deterministic(design.columns + 1);
        const all = new Float64Array(rows.length);
        design.multiply(v, all);
        const sample = design.everyRow(stride);
        const some = new Float64Array(sample.rows);
        sample.multiply(v, some);
        expectClose(
          some,
          [...all].filter((_, i) => i % stride === 0),
        );
      }),
    );
  });

  it('gives the Gram matrix of any columns, and the columns themselves', () => {
    fc.assert(
      fc.property(cells(zeros), (rows) => {
        const Z = explicitRows(rows);
        const { design } = standardisedDesign(denseFromRows(rows));
        const d = design.columns;
        const h = deterministic(rows.length).map((x) => x * x + 0.1);
        const active = Uint32Array.from({ length: d }, (_, j) => j).filter((j) => j % 2 === 0);
        const size = active.length + 1;
        const out = new Float64Array(size * size);
        design.gram(h, active, out);
        const chosen = [...active, d];
        const expected = chosen.flatMap((a) =>
          chosen.map((b) => Z.reduce((sum, row, i) => sum + h[i] * row[a] * row[b], 0)),
        );
        expectClose(out, expected);
        design.gram(h, active, out, 2);
        const everyOther = chosen.flatMap((a) =>
          chosen.map((b) => Z.reduce((sum, row, i) => sum + (i % 2 === 0 ? 2 * h[i] * row[a] * row[b] : 0), 0)),
        );
        expectClose(out, everyOther);
        const { columnStart, rowIndex, values, shift } = design.columnStore();
        for (let j = 0; j < d; j++) {
          const column = new Array<number>(rows.length).fill(-shift[j]);
          for (let k = columnStart[j]; k < columnStart[j + 1]; k++) column[rowIndex[k]] += values[k];
          expectClose(
            column,
            Z.map((row) => row[j]),
          );
        }
      }),
    );
  });

  it('is the same for a dense and a sparse matrix of the same cells', () => {
    fc.assert(
      fc.property(cells(zeros), (rows) => {
        const dense = denseFromRows(rows);
        const sparse = standardisedDesign(sparseWithExplicitZeros(rows));
        const same = standardisedDesign(dense);
        expect(toDense(dense)).toBe(dense);
        expect(sparse.kept).toEqual(same.kept);
        expect(sparse.scaling).toEqual(same.scaling);
        const v = deterministic(same.design.columns + 1);
        const a = new Float64Array(rows.length);
        const b = new Float64Array(rows.length);
        same.design.multiply(v, a);
        sparse.design.multiply(v, b);
        expect(b).toEqual(a);
      }),
    );
  });
});

/** Compressed rows in which some zeros are stored: legal, and worth nothing. */
function sparseWithExplicitZeros(rows: readonly number[][]) {
  const columns = rows[0].length;
  const stored = rows.map((row, i) => row.map((_, j) => j).filter((j) => row[j] !== 0 || (i + j) % 3 === 0));
  const rowStart = new Uint32Array(rows.length + 1);
  stored.forEach((row, i) => {
    rowStart[i + 1] = rowStart[i] + row.length;
  });
  return {
    kind: 'sparse' as const,
    rows: rows.length,
    columns,
    rowStart,
    columnIndex: Uint32Array.from(stored.flat()),
    values: Float64Array.from(stored.flatMap((row, i) => row.map((j) => rows[i][j]))),
  };
}
