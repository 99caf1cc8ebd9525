import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { ParamSpecs, Params, ParamsOf } from '../params.js';

/** What is projected: n rows, some of which may belong to a class. */
export interface ProjectionInput {
  /** n×d, finite, scaled as distances are to be taken; columns need not be centred (see `scalePoints`). */
  readonly X: FeatureMatrix;
  /** Length n: 0 … classCount - 1, or -1 for a row without a class. Only supervised algorithms read it. */
  readonly classes: Int32Array;
  readonly classCount: number;
}

/** Rows in fewer dimensions. */
export interface Projected {
  /** k: at most as many as were asked for. */
  readonly components: number;
  /** n×k, row-major. */
  readonly coordinates: Float64Array;
  /** Of a linear projection, null of any other. */
  readonly linear: LinearProjection | null;
  /** Where the components are principal ones. */
  readonly variance: ComponentVariance | null;
  /** What the user must know, in plain sentences: not converged, fewer components than asked. */
  readonly warnings: readonly string[];
}

/** Coordinates of a row x: axes · (x − mean). */
export interface LinearProjection {
  /** k×d, row-major. */
  readonly axes: Float64Array;
  /** Length d. */
  readonly mean: Float64Array;
}

export interface ComponentVariance {
  /** Length k, descending: sample variance (divided by n − 1) along each component. */
  readonly explained: Float64Array;
  /** Of all columns together. */
  readonly total: number;
}

/** An estimate of what a projection needs; rough, within about a factor of three. */
export interface ProjectionCost {
  /** Seconds of one core. */
  readonly seconds: number;
  /** Peak bytes besides the input. */
  readonly bytes: number;
}

/** A projection algorithm as data: its id is its file name and what the user types. */
export interface ProjectionDef<S extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  /** One sentence: when to choose it. */
  readonly summary: string;
  readonly params: S;
  /** It learns from labels or families; rows without one are projected all the same. */
  readonly supervised: boolean;
  /** How many components are found where no number is asked for, if there are as many. */
  readonly usualComponents: number;
  /** Rows that it works on at most, where that is fixed. */
  readonly mostRows?: number;
  /** The most components that it can find; those asked for are at most so many. */
  mostComponents(rows: number, columns: number, classCount: number): number;
  cost(rows: number, columns: number, components: number, params: ParamsOf<S>): ProjectionCost;
  /**
   * Projects the rows. The same input, parameters and seed give the same coordinates on any executor; the sign of a
   * component is such that the largest of its weights (of its coordinates, where it has none) is positive.
   * @param components 1 … mostComponents
   * Throws UserError for data that the algorithm cannot take, InterruptedError when cancelled.
   */
  project(input: ProjectionInput, components: number, params: ParamsOf<S>, context: FitContext): Promise<Projected>;
}

/** A projection whose parameter types the caller does not know: what the registry holds. */
export interface AnyProjectionDef extends Omit<ProjectionDef, 'cost' | 'project'> {
  cost(rows: number, columns: number, components: number, params: Params): ProjectionCost;
  project(input: ProjectionInput, components: number, params: Params, context: FitContext): Promise<Projected>;
}

/** Declares a projection; its parameter types are checked inside and forgotten outside. */
export function defineProjection<const S extends ParamSpecs>(definition: ProjectionDef<S>): AnyProjectionDef {
  // Params are only ever made from the definition's own specs (parseParams), so the narrowing is sound.
  return definition as unknown as AnyProjectionDef;
}
