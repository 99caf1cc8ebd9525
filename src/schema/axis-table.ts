/** The directions of k components in d columns: coordinate = weights · (standardised cell − mean). */
export interface AxisTable {
  readonly features: readonly string[];
  readonly components: number;
  /** k×d, row-major. */
  readonly axes: Float64Array;
}
