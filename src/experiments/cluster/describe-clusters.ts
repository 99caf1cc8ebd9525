import { clusterRule } from '../../ml/clustering/cluster-rule.js';
import { sumsByCluster } from '../../ml/clustering/cluster-profile.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { scaleColumns } from '../../ml/matrix/scale-columns.js';
import type { ColumnScaling } from '../../ml/preprocessing/standardisation.js';
import { binaryUnit } from '../../ml/statistics/magnitude.js';
import { randomStream } from '../../ml/random/stream.js';
import type { PanelData } from '../../schema/panels/registry.js';

type Cluster = PanelData<'clusters'>['clusters'][number];

/** What sets clusters apart, in the units of the features. */
export interface DescribedColumns {
  /** n×d: the clustered rows without missing cells, unscaled. */
  readonly X: FeatureMatrix;
  readonly scaling: ColumnScaling;
  readonly names: readonly string[];
  /** Columns from here on are not features of the dataset: they say where one misses values. */
  readonly features: number;
}

const listedFeatures = 15;
/** A rule is sought among so many features. */
const ruleFeatures = 20;

/**
 * The features that set each cluster apart from all other rows, noise among them, and a short rule for each.
 * @param described the clusters to describe, -1 for noise
 */
export function describeDifferences(
  { X, scaling, names, features }: DescribedColumns,
  cluster: Int32Array,
  clusters: number,
  described: readonly number[],
  seed: number,
): Pick<Cluster, 'features' | 'rule'>[] {
  const shifted = cluster.map((c) => (c < 0 ? clusters : c));
  // Sums of the largest doubles would overflow.
  const unit = scaling.scale.map((scale, j) => binaryUnit(Math.max(scale, Math.abs(scaling.mean[j]))));
  const inUnits = scaleColumns(
    X,
    unit.map((u) => 1 / u),
  );
  const { sums, counts } = sumsByCluster(inUnits, shifted, clusters + 1);
  const d = X.columns;
  const totals = new Float64Array(d);
  for (let at = 0; at < sums.length; at++) totals[at % d] += sums[at];
  return described.map((wanted) => {
    const own = wanted < 0 ? clusters : wanted;
    const inside = (j: number): number => sums[own * d + j] / counts[own];
    const others = X.rows - counts[own];
    const outside = (j: number): number => (totals[j] - sums[own * d + j]) / others;
    const difference = (j: number): number =>
      others === 0 || scaling.constant[j] ? 0 : (inside(j) - outside(j)) / (scaling.scale[j] / unit[j]);
    const telling = Array.from({ length: d }, (_, j) => ({ j, difference: difference(j) }))
      .filter((feature) => feature.difference !== 0)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || a.j - b.j);
    const candidates = telling.slice(0, ruleFeatures).map(({ j }) => j);
    const rule = clusterRule(X, shifted, own, candidates, randomStream(seed, 'cluster-rule', own));
    return {
      features: telling.slice(0, listedFeatures).map(({ j, difference: value }) => ({
        feature: names[j],
        index: j < features ? j : null,
        inside: unit[j] * inside(j),
        outside: others === 0 ? null : unit[j] * outside(j),
        difference: value,
      })),
      rule: rule && {
        ...rule,
        conditions: rule.conditions.map(({ column, above, threshold }) => ({
          feature: names[column],
          above,
          threshold,
        })),
      },
    };
  });
}
