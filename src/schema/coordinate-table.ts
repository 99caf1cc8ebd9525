/** Coordinates of n instances in k components. */
export interface CoordinateTable {
  readonly instanceId: readonly string[];
  readonly ident: readonly string[];
  readonly components: number;
  /** n×k, row-major. */
  readonly coordinates: Float64Array;
}

/** The directions of k components in d columns: coordinate = weights · (standardised cell − mean). */
export interface AxisTable {
  readonly features: readonly string[];
  readonly components: number;
  /** k×d, row-major. */
  readonly axes: Float64Array;
}
