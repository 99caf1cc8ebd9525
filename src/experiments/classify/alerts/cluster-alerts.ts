import { counted, grouped } from '../../../errors.js';
import { clusterers } from '../../../ml/clustering/registry.js';
import type { AnyClustererDef } from '../../../ml/clustering/clusterer.js';
import type { FitContext } from '../../../ml/fit-context.js';
import type { FeatureMatrix } from '../../../ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../ml/params.js';
import type { AlertSettings } from '../settings.js';

/** Alerts sorted into groups. */
export interface AlertGrouping {
  /** Length n: index into `names`. */
  readonly group: Int32Array;
  readonly names: readonly string[];
  /** Length n: how sure that is; absent where nothing tells. */
  readonly probability?: Float64Array;
  /** What made the groups, for people. */
  readonly how: string;
  readonly warnings: readonly string[];
}

/**
 * Clusters the alerts alone (X: n×d, scaled): what they have in common, whatever the model was told of families. Refused
 * where they are more than the algorithm can take.
 */
export async function clusterAlerts(
  X: FeatureMatrix,
  { clustering, clusters }: AlertSettings,
  context: FitContext,
): Promise<AlertGrouping | { readonly refused: string }> {
  const clusterer: AnyClustererDef = clusterers[clustering];
  const { mostRows } = clusterer;
  if (mostRows !== undefined && X.rows > mostRows) {
    return {
      refused: `${clusterer.id} clusters ${counted(mostRows, 'alert')} at most, not ${grouped(X.rows)}: another --alert-clustering, or a higher threshold`,
    };
  }
  const asked = Math.min(clusters, X.rows);
  const warnings: string[] = [];
  if (asked < clusters && clusterer.takesClusterCount) {
    warnings.push(`${counted(X.rows, 'alert')} cannot make ${clusters} clusters: there are ${asked}`);
  }
  const found = await clusterer.cluster(X, asked, defaultParams(clusterer.params), context);
  const noise = found.cluster.includes(-1);
  const names = Array.from({ length: found.clusterCount }, (_, c) => `cluster ${c}`);
  return {
    group: found.cluster.map((c) => (c === -1 ? found.clusterCount : c)),
    names: noise ? [...names, 'noise'] : names,
    how: `${clusterer.title}, standardised features of the alerts`,
    warnings: [...warnings, ...found.warnings],
  };
}
