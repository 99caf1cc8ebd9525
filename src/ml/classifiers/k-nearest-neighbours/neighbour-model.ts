import { denseMatrix, type FeatureMatrix } from '../../matrix/feature-matrix.js';
import type { ModelJson } from '../classifier.js';

/** What k nearest neighbours has learned of m distinct training rows, d features and c classes. */
export interface NeighbourModel {
  readonly k: number;
  readonly byDistance: boolean;
  readonly classCount: number;
  /** m×d: the distinct rows, as they came. */
  readonly points: FeatureMatrix;
  /** Length m: rows that each point stands for. */
  readonly multiplicity: Uint32Array;
  /** m×c: weight of those rows, by class. */
  readonly votes: Float64Array;
  /** Length d: a cell x is seen as (x − mean)·unit; a unit of 0 leaves the column out. */
  readonly mean: Float64Array;
  readonly unit: Float64Array;
}

/** Plain JSON; points by rows of non-zero cells, so that what the model knows can be read. */
export function neighbourModelJson(model: NeighbourModel): ModelJson {
  const { k, byDistance, classCount, points, multiplicity, votes, mean, unit } = model;
  return {
    k,
    byDistance,
    classCount,
    points: {
      kind: points.kind,
      rows: points.rows,
      columns: points.columns,
      values: Array.from(points.values),
      ...(points.kind === 'sparse'
        ? { rowStart: Array.from(points.rowStart), columnIndex: Array.from(points.columnIndex) }
        : {}),
    },
    multiplicity: Array.from(multiplicity),
    votes: Array.from(votes),
    mean: Array.from(mean),
    unit: Array.from(unit),
  };
}

/** The model in the JSON, null where there is none. */
export function readNeighbourModel(json: ModelJson): NeighbourModel | null {
  const { k, byDistance, classCount } = json;
  const points = readPoints(json.points);
  if (points === null || !isCount(k) || !isCount(classCount) || typeof byDistance !== 'boolean') return null;
  const multiplicity = numbers(json.multiplicity, points.rows);
  const votes = numbers(json.votes, points.rows * classCount);
  const mean = numbers(json.mean, points.columns);
  const unit = numbers(json.unit, points.columns);
  if (!multiplicity || !votes || !mean || !unit) return null;
  return { k, byDistance, classCount, points, multiplicity: Uint32Array.from(multiplicity), votes, mean, unit };
}

function readPoints(json: unknown): FeatureMatrix | null {
  if (json === null || typeof json !== 'object') return null;
  const { kind, rows, columns, values, rowStart, columnIndex } = json as Record<string, unknown>;
  if (!isCount(rows) || !isCount(columns) || !Array.isArray(values)) return null;
  const cells = numbers(values, values.length);
  if (cells === null) return null;
  if (kind === 'dense') return cells.length === rows * columns ? denseMatrix(rows, columns, cells) : null;
  const starts = numbers(rowStart, rows + 1);
  const indices = numbers(columnIndex, cells.length);
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

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

function numbers(list: unknown, length: number): Float64Array | null {
  if (!Array.isArray(list) || list.length !== length || !list.every((item) => typeof item === 'number')) return null;
  return Float64Array.from(list);
}
