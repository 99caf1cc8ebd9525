import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { ParamSpecs, Params, ParamsOf } from '../params.js';

/** What a choice was made by, as a curve. */
export interface ClusteringCurve {
  /**
   * `neighbour-distance`: distances of some rows from their neighbours, ascending, over the share of the rows; `chosen` is
   * a height. `bic` (smaller is better), `silhouette` and `gap`: over numbers of clusters; `chosen` is one of these.
   */
  readonly by: 'neighbour-distance' | 'bic' | 'silhouette' | 'gap';
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of `gap`: the standard error of each y. */
  readonly error?: readonly number[];
  readonly chosen: number;
}

/** What a clustering algorithm says of n points. */
export interface Clustering {
  /** Length n: 0 … clusterCount - 1, or -1 for noise: a point that belongs to no cluster. No cluster is empty. */
  readonly cluster: Int32Array;
  readonly clusterCount: number;
  /**
   * Figures of the algorithm's own by name, such as `bic` or `logLikelihood`; finite. Inertia and the like, which every
   * assignment has, are not among them.
   */
  readonly figures: Readonly<Record<string, number>>;
  /** What the user must know: not converged, fewer clusters than asked. Plain sentences. */
  readonly warnings: readonly string[];
  /** Of an algorithm that looks at one. */
  readonly curve?: ClusteringCurve;
}

/** An estimate of what a clustering needs; rough, within about a factor of three. */
export interface ClusteringCost {
  /** Seconds of one core. */
  readonly seconds: number;
  /** Peak bytes besides the input. */
  readonly bytes: number;
}

/** A clustering algorithm as data: its id is its file name and what the user types. */
export interface ClustererDef<S extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  /** One sentence: when to choose it. */
  readonly summary: string;
  readonly params: S;
  /** It is told the number of clusters; otherwise it finds one itself. */
  readonly takesClusterCount: boolean;
  /** Rows that it works on at most, where that is fixed: it holds a distance for each pair. */
  readonly mostRows?: number;
  cost(rows: number, columns: number, clusters: number, params: ParamsOf<S>): ClusteringCost;
  /**
   * Clusters the rows of X (n×d, finite, scaled as distances are to be taken). The same X, parameters and seed give the
   * same assignment on any executor. Clusters are numbered by descending size, equal ones by their first row.
   * With a parameter `metric` that is cosine, rows have length 1: see `unitRows`.
   * @param clusters 1 … n; without meaning where `takesClusterCount` is false
   * Throws UserError for data that the algorithm cannot take, InterruptedError when cancelled.
   */
  cluster(X: FeatureMatrix, clusters: number, params: ParamsOf<S>, context: FitContext): Promise<Clustering>;
}

/** A clusterer whose parameter types the caller does not know: what the registry holds. */
export interface AnyClustererDef extends Omit<ClustererDef, 'cost' | 'cluster'> {
  cost(rows: number, columns: number, clusters: number, params: Params): ClusteringCost;
  cluster(X: FeatureMatrix, clusters: number, params: Params, context: FitContext): Promise<Clustering>;
}

/** Declares a clusterer; its parameter types are checked inside and forgotten outside. */
export function defineClusterer<const S extends ParamSpecs>(definition: ClustererDef<S>): AnyClustererDef {
  // Params are only ever made from the definition's own specs (parseParams), so the narrowing is sound.
  return definition as unknown as AnyClustererDef;
}
