import { UserError } from '../../errors.js';
import type { ModelJson } from '../classifiers/classifier.js';
import {
  type NeighbourModel,
  neighbourModelJson,
  readNeighbourModel,
} from '../classifiers/k-nearest-neighbours/neighbour-model.js';
import type { FitContext } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { hashedOrder } from '../model-selection/hashed-order.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { searchable } from '../neighbours/neighbour-search.js';
import { fitMedianImputer, type Imputer, reviveImputer } from '../preprocessing/impute.js';
import { rangeScaling } from '../preprocessing/range-scaling.js';
import { measureDistances } from '../tasks/measure-distances.js';

/** How near to the training rows of its predicted class a row lies, and what is usual there; kept in model.json. */
export interface CredibilityModel {
  /** Training rows with the classes that they count for as `votes`. */
  readonly neighbours: NeighbourModel;
  /** One list a class: distances of training rows to the others of their class, ascending. */
  readonly usual: readonly Float64Array[];
  /** Absent where missing cells cannot be. */
  readonly imputer?: Imputer;
}

/** How credible predictions of n rows are; larger = more. */
export interface Credibility {
  /**
   * Length n, in (0, 1]: of the training rows of the predicted class and this row, the share that lies as far from the
   * others as this row or farther. Over rows like those of the training it is uniform.
   */
  readonly credibility: Float64Array;
  /** Length n: mean distance of the nearest training rows of the predicted class, in its usual (median) distances. */
  readonly farness: Float64Array;
}

/** Neighbours whose mean distance counts. */
const neighbourCount = 5;
/** Training rows of one class that are searched, at most: drawn by seed and instance_id. */
const searchedRows = 20_000;
/** Of these, rows whose distances tell what is usual. */
const usualRows = 5_000;
/** Fewer say little about what is usual in a class: those of all classes are taken. */
const fewestUsual = 20;
const rowsPerTask = 512;
/** Distances that differ by less than this share are taken for equal: the difference is rounding. */
const tieShare = 1e-9;

/**
 * Learns what is usual among n training rows: inductive conformal prediction, conditional on the class (Vovk, Gammerman
 * and Shafer 2005), with the mean distance of the 5 nearest rows of a class as strangeness, on features brought to one
 * range. What is usual is measured leaving each row out. Exact searches among at most 20,000 rows a class, 5,000 of
 * which are measured. O(n·d·log n), and see BallIndex for the searches.
 * @param X n×d, missing cells as NaN
 * @param y length n: class; rows of `classCount` have none and are left out
 * @param ids length n, distinct: with the seed they decide which rows are drawn
 */
export async function fitCredibility(
  X: FeatureMatrix,
  y: Uint32Array,
  classCount: number,
  ids: readonly string[],
  missing: boolean,
  context: FitContext,
): Promise<CredibilityModel> {
  const drawn = hashedOrder(ids, Int32Array.from(y), 'credibility', context.seed).filter(
    ({ stratum }) => stratum < classCount,
  );
  const searched = Uint32Array.from(drawn.flatMap(({ rows }) => rows.slice(0, searchedRows))).sort();
  const measured = Uint32Array.from(drawn.flatMap(({ rows }) => rows.slice(0, usualRows))).sort();
  const imputer = missing ? fitMedianImputer(X) : undefined;
  const filled = imputer ? imputer.apply(X) : X;
  const neighbours = neighboursOf(
    selectRows(filled, searched),
    searched.map((row) => y[row]),
    classCount,
  );
  const classes = measured.map((row) => y[row]);
  const distances = await distancesOf(neighbours, selectRows(filled, measured), classes, true, context);
  const usual = Array.from({ length: classCount }, (_, k) =>
    // A class of a single row has no distance.
    distances.filter((distance, i) => classes[i] === k && Number.isFinite(distance)).sort(),
  );
  return { neighbours, usual, imputer };
}

function neighboursOf(X: FeatureMatrix, y: Uint32Array, classCount: number): NeighbourModel {
  const { representative, groupOf } = distinctRows(X);
  const multiplicity = new Uint32Array(representative.length);
  const votes = new Float64Array(representative.length * classCount);
  groupOf.forEach((group, i) => {
    multiplicity[group]++;
    votes[group * classCount + y[i]]++;
  });
  const points = searchable(selectRows(X, representative));
  return { k: neighbourCount, byDistance: true, classCount, points, multiplicity, votes, ...rangeScaling(X) };
}

/** Mean distance of each row of X to its nearest searched rows of `classes[i]`; NaN without any. */
async function distancesOf(
  neighbours: NeighbourModel,
  X: FeatureMatrix,
  classes: Uint32Array,
  leaveOut: boolean,
  { executor, signal, progress }: FitContext,
): Promise<Float64Array> {
  const session = executor.open({ neighbours, X, classes, leaveOut });
  try {
    const starts = Array.from({ length: Math.ceil(X.rows / rowsPerTask) }, (_, i) => i * rowsPerTask);
    const items = starts.map((from) => ({ from, until: Math.min(X.rows, from + rowsPerTask) }));
    const lists = await session.map(measureDistances, items, {
      signal,
      progress: (done, total) => progress?.(done, total, 'measuring credibility'),
    });
    const distances = new Float64Array(X.rows);
    lists.forEach((list, i) => {
      distances.set(list, starts[i]);
    });
    return distances;
  } finally {
    await session.close();
  }
}

/** How credible it is that rows of raw features X (n×d) are of the classes predicted for them. */
export async function credibilityOf(
  { neighbours, usual, imputer }: CredibilityModel,
  X: FeatureMatrix,
  predicted: Uint32Array,
  context: FitContext,
): Promise<Credibility> {
  const distances = await distancesOf(neighbours, imputer ? imputer.apply(X) : X, predicted, false, context);
  const pooled = Float64Array.from(usual.flatMap((list) => [...list])).sort();
  const usualOf = usual.map((list) => (list.length < fewestUsual ? pooled : list));
  const credibility = new Float64Array(distances.length);
  const farness = new Float64Array(distances.length);
  for (let i = 0; i < distances.length; i++) {
    const list = usualOf[predicted[i]];
    // A class without a training row has nothing that is near.
    const distance = Number.isNaN(distances[i]) ? Number.POSITIVE_INFINITY : distances[i];
    credibility[i] = (1 + list.length - firstAtLeast(list, distance * (1 - tieShare))) / (1 + list.length);
    // Rounded, so that equal distances that were summed in another order stay equal.
    farness[i] = Math.fround(distance / (list[list.length >>> 1] || 1));
  }
  return { credibility, farness };
}

/** How many values of an ascending list are less than `value`. */
function firstAtLeast(list: Float64Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Plain JSON: the training rows that are searched are in it. */
export function credibilityJson({ neighbours, usual, imputer }: CredibilityModel): ModelJson {
  return {
    neighbours: neighbourModelJson(neighbours),
    usual: usual.map((list) => Array.from(list)),
    imputer: imputer ? imputer.toJSON() : null,
  };
}

/** Throws UserError naming `source` where the JSON is not such a model for so many classes. */
export function readCredibility(json: ModelJson, classCount: number, source: string): CredibilityModel {
  const { usual, imputer } = json;
  const neighbours = readNeighbourModel((json.neighbours ?? {}) as ModelJson);
  const readable =
    neighbours?.classCount === classCount &&
    Array.isArray(usual) &&
    usual.length === classCount &&
    usual.every((list) => Array.isArray(list) && list.every((value) => typeof value === 'number' && value >= 0));
  if (!readable) throw new UserError(`${source} is damaged: its credibility cannot be read`);
  return {
    neighbours,
    usual: usual.map((list: number[]) => Float64Array.from(list).sort()),
    imputer: imputer ? reviveImputer(imputer as ModelJson) : undefined,
  };
}
