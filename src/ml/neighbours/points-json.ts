import { denseMatrix, type FeatureMatrix } from '../matrix/feature-matrix.js';

/** A matrix as plain JSON, by non-zero cells where it is sparse, so that what a model knows can be read. */
export function pointsJson(points: FeatureMatrix): { readonly [key: string]: unknown } {
  const { kind, rows, columns, values } = points;
  const cells = { kind, rows, columns, values: Array.from(values) };
  if (points.kind === 'dense') return cells;
  return { ...cells, rowStart: Array.from(points.rowStart), columnIndex: Array.from(points.columnIndex) };
}

/** The matrix in the JSON, null where there is none that can be read safely. */
export function readPoints(json: unknown): FeatureMatrix | null {
  if (json === null || typeof json !== 'object') return null;
  const { kind, rows, columns, values, rowStart, columnIndex } = json as Record<string, unknown>;
  if (!isCount(rows) || !isCount(columns) || !Array.isArray(values)) return null;
  const cells = readNumbers(values, values.length);
  if (cells === null) return null;
  if (kind === 'dense') return cells.length === rows * columns ? denseMatrix(rows, columns, cells) : null;
  const starts = readNumbers(rowStart, rows + 1);
  const indices = readNumbers(columnIndex, cells.length);
  if (kind !== 'sparse' || !starts || !indices || starts[0] !== 0 || starts[rows] !== cells.length) return null;
  if (!starts.every((start, row) => isCount(start) && (row === 0 || start >= starts[row - 1]))) return null;
  if (!indices.every((index) => isCount(index) && index < columns)) return null;
  return {
    kind: 'sparse',
    rows,
    columns,
    rowStart: Uint32Array.from(starts),
    columnIndex: Uint32Array.from(indices),
    values: cells,
  };
}

/** Whether a value is a whole number of at least 0. */
export const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** A list of exactly `length` numbers, null where it is none. */
export function readNumbers(list: unknown, length: number): Float64Array | null {
  if (!Array.isArray(list) || list.length !== length || !list.every((item) => typeof item === 'number')) return null;
  return Float64Array.from(list);
}
