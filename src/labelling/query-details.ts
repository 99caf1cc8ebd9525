import { rowsById } from '../experiments/labelling/known-labels.js';
import { featureStandings, type FeatureStandings } from '../ml/explanation/surprise.js';
import { type FeatureMatrix, selectRows, toDense } from '../ml/matrix/feature-matrix.js';
import type { GivenLabel } from '../schema/labelling.js';
import type { QueryDetails, QueryFeature } from './labelling-session.js';
import type { LoopData } from './loop-parts.js';

/** All instances are stood for by some of them, evenly chosen: so many cells, as they are read for every query. */
const mostReferenceCells = 500_000;
/** Fewer rows do not stand for all, however many features there are. */
const leastReferenceRows = 2_000;
/** A group of fewer says nothing of what is usual. */
const leastRows = 5;

/** Instances that stand for all, copied together: they are read for every query. */
interface Reference {
  readonly X: FeatureMatrix;
  /** The row that each was. */
  readonly rows: Uint32Array;
}

const references = new WeakMap<FeatureMatrix, Reference>();

function referenceOf(X: FeatureMatrix): Reference {
  const known = references.get(X);
  if (known) return known;
  const cellsOfRow = Math.max(1, X.kind === 'dense' ? X.columns : X.values.length / Math.max(1, X.rows));
  const wanted = Math.max(leastReferenceRows, mostReferenceCells / cellsOfRow);
  const stride = Math.max(1, Math.ceil(X.rows / wanted));
  const rows = Uint32Array.from({ length: Math.ceil(X.rows / stride) }, (_, k) => k * stride);
  const reference = { X: selectRows(X, rows), rows };
  references.set(X, reference);
  return reference;
}

type Group = QueryFeature['standings'][number]['group'];

/** The features of a row, the most unusual first: against benign answers where there are enough, else against all. */
export function describeFeatures(
  { dataset, meanings }: LoopData,
  row: number,
  labels: ReadonlyMap<string, GivenLabel>,
  family: GivenLabel | null,
): Pick<QueryDetails, 'features' | 'featureCount'> {
  const { X, featureNames } = dataset;
  const { values } = toDense(selectRows(X, Uint32Array.of(row)));
  const standings: [Group, FeatureStandings][] = [];
  for (const [group, matrix, rows] of groupsOf(X, rowsById(dataset.ids), row, labels, family)) {
    if (rows.length >= leastRows) standings.push([group, featureStandings(matrix, values, rows)]);
  }
  const order = Array.from({ length: X.columns }, (_, j) => j);
  const usual = (standings.find(([group]) => group === 'benign') ?? standings.find(([group]) => group === 'all'))?.[1];
  if (usual) order.sort((a, b) => rank(usual, b) - rank(usual, a) || a - b);
  const features = order.map((j): QueryFeature => {
    const value = values[j];
    return {
      name: featureNames[j],
      description: meanings.get(featureNames[j]) ?? null,
      value: Number.isNaN(value) ? null : value,
      standings: standings
        .filter(([, of]) => Number.isFinite(of.percentile[j]) && Number.isFinite(of.mean[j]))
        .map(([group, of]) => ({
          group,
          mean: of.mean[j],
          zScore: Number.isFinite(of.zScore[j]) ? of.zScore[j] : null,
          percentile: of.percentile[j],
        })),
    };
  });
  return { features, featureCount: X.columns };
}

function rank({ unusualness }: FeatureStandings, j: number): number {
  return Number.isNaN(unusualness[j]) ? -1 : unusualness[j];
}

function groupsOf(
  X: FeatureMatrix,
  rows: ReadonlyMap<string, number>,
  row: number,
  labels: ReadonlyMap<string, GivenLabel>,
  family: GivenLabel | null,
): [Group, FeatureMatrix, Uint32Array][] {
  const [benign, malicious, own]: [number[], number[], number[]] = [[], [], []];
  for (const [id, given] of labels) {
    const other = rows.get(id);
    if (other === undefined || other === row) continue;
    (given.label === 'malicious' ? malicious : benign).push(other);
    if (family?.family != null && given.label === family.label && given.family === family.family) own.push(other);
  }
  const reference = referenceOf(X);
  const others = Uint32Array.from(reference.rows.keys()).filter((k) => reference.rows[k] !== row);
  return [
    ['all', reference.X, others],
    ['benign', X, Uint32Array.from(benign)],
    ['malicious', X, Uint32Array.from(malicious)],
    ['family', X, Uint32Array.from(own)],
  ];
}
