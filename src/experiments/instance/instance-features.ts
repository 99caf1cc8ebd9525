import { type FeatureStandings, featureStandings } from '../../ml/explanation/surprise.js';
import { selectRows, toDense } from '../../ml/matrix/feature-matrix.js';
import type { FeatureOrder, FeaturePage, FeatureQuery, ReferenceGroup } from '../../schema/api/instance.js';
import type { FeatureType } from '../../ml/matrix/dataset.js';
import type { GroupRows, KnownInstances } from './reference-groups.js';

/** The d features of one instance as columns. */
export interface InstanceFeatures {
  readonly names: readonly string[];
  readonly types: readonly FeatureType[];
  /** What the dataset's description files say, by name. */
  readonly meanings: ReadonlyMap<string, string>;
  /** NaN for a missing cell. */
  readonly values: Float64Array;
  /** Null where the model cannot be explained. */
  readonly contributions: Float64Array | null;
  readonly standings: ReadonlyMap<ReferenceGroup, FeatureStandings>;
}

/** The features of row `row`, held against its groups. One pass over the cells of the groups. */
export function instanceFeatures(
  { dataset }: KnownInstances,
  row: number,
  groups: readonly GroupRows[],
  contributions: Float64Array | null,
  meanings: ReadonlyMap<string, string>,
): InstanceFeatures {
  const { X, featureNames: names, featureTypes: types } = dataset;
  const { values } = toDense(selectRows(X, Uint32Array.of(row)));
  const standings = new Map(groups.map(({ group, rows }) => [group, featureStandings(X, values, rows)]));
  return { names, types, meanings, values, contributions, standings };
}

/** A page of features in the order asked for; those without a figure to be ordered by come last. O(d log d). */
export function featurePage(
  features: InstanceFeatures,
  { order, text, index, offset, limit }: FeatureQuery,
): FeaturePage {
  const { names, meanings } = features;
  const wanted = text?.toLowerCase();
  const found: number[] = [];
  for (let j = 0; j < names.length; j++) {
    if (index !== undefined && j !== index) continue;
    if (wanted === undefined || `${names[j]}\n${meanings.get(names[j]) ?? ''}`.toLowerCase().includes(wanted)) {
      found.push(j);
    }
  }
  sortFeatures(found, features, order);
  return { total: found.length, features: found.slice(offset, offset + limit).map((j) => describe(features, j)) };
}

function sortFeatures(
  found: number[],
  { names, contributions, standings }: InstanceFeatures,
  order: FeatureOrder,
): void {
  if (order === 'index') return;
  if (order === 'name') {
    found.sort((a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b));
    return;
  }
  const key = order === 'contribution' ? contributions?.map(Math.abs) : standings.get(order)?.unusualness;
  if (!key) return;
  const finite = (j: number): number => (Number.isNaN(key[j]) ? -Infinity : key[j]);
  found.sort((a, b) => {
    const [x, y] = [finite(a), finite(b)];
    return x === y ? a - b : y - x;
  });
}

function describe(features: InstanceFeatures, j: number): FeaturePage['features'][number] {
  const { names, types, meanings, values, contributions, standings } = features;
  return {
    index: j,
    name: names[j],
    description: meanings.get(names[j]) ?? null,
    type: types[j],
    value: orNull(values[j]),
    contribution: contributions ? orNull(contributions[j]) : null,
    standings: Object.fromEntries(
      Array.from(standings, ([group, { mean, standardDeviation, zScore, percentile, unusualness }]) => [
        group,
        {
          mean: orNull(mean[j]),
          standardDeviation: orNull(standardDeviation[j]),
          zScore: orNull(zScore[j]),
          percentile: orNull(percentile[j]),
          unusualness: orNull(unusualness[j]),
        },
      ]),
    ),
  };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
