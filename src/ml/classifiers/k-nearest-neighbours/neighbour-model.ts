import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { isCount, pointsJson, readNumbers, readPoints } from '../../neighbours/points-json.js';
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
    points: pointsJson(points),
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
  const multiplicity = readNumbers(json.multiplicity, points.rows);
  const votes = readNumbers(json.votes, points.rows * classCount);
  const mean = readNumbers(json.mean, points.columns);
  const unit = readNumbers(json.unit, points.columns);
  if (!multiplicity || !votes || !mean || !unit) return null;
  return { k, byDistance, classCount, points, multiplicity: Uint32Array.from(multiplicity), votes, mean, unit };
}
