import { UserError } from '../../errors.js';
import type { CancelSignal } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { minimiseLbfgs } from '../optimisation/l-bfgs.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { Sphere } from './sphere.js';
import { type SphereRows, sphereObjective } from './sphere-objective.js';

export interface SssvddParams {
  /** η_u: weight of the unlabelled rows; at most one in η_u of them is left outside. At least 2. */
  readonly nuU: number;
  /** η_l: weight of the labelled rows. At least 1. */
  readonly nuL: number;
  /** κ: worth of a wide margin between benign and malicious rows. Between 0 and 1, both excluded. */
  readonly kappa: number;
}

export const defaultSssvddParams: SssvddParams = { nuU: 10, nuL: 10, kappa: 0.5 };

/**
 * Semi-supervised support vector data description (Görnitz, Kloft, Rieck and Brefeld, "Toward Supervised Anomaly
 * Detection", JAIR 46, 2013, with their smooth hinge): the smallest sphere, on standardised features, that holds the
 * benign and most unlabelled rows and leaves the malicious outside, by a margin γ:
 *
 *   min R² − κγ + η_u/n_u Σ_unlabelled ℓ(R² − |x − c|²) + η_l/n_l Σ_labelled ℓ(y (R² − |x − c|²) − γ)
 *
 * with y = 1 for benign, −1 for malicious. In the variables c and a = R² − |c|² the distances are linear and the problem
 * is convex: one minimum, whatever the start (the paper and the original SecuML minimise over R and c, where it is
 * not). The bounds of the parameters are those between which the minimum exists. Minimised by L-BFGS with the exact
 * gradient. Without labelled rows there is no margin and it is the support vector data description of Tax and Duin
 * (2004). O(stored cells) an iteration; sparse rows stay sparse.
 * @param X n×d, without missing cells, n >= 1
 * @param label length n: 1 malicious, 0 benign, -1 unlabelled
 */
export function fitSssvdd(
  X: FeatureMatrix,
  label: Int8Array,
  { nuU, nuL, kappa }: SssvddParams,
  signal?: CancelSignal,
): { sphere: Sphere; warnings: readonly string[] } {
  const counts = { labelled: 0, unlabelled: 0, malicious: 0 };
  for (const own of label) {
    if (own === -1) counts.unlabelled++;
    else counts.labelled++;
    if (own === 1) counts.malicious++;
  }
  if (counts.malicious === label.length) throw new UserError('a sphere needs rows that are benign or unlabelled');
  if (counts.unlabelled === 0) throw new UserError('the sphere is learned from unlabelled rows too: there is none');
  const scaling = columnScaling(X);
  const unit = scaling.scale.map((scale, j) => (scaling.constant[j] === 1 ? 0 : 1 / scale));
  const middle = scaling.mean.map((mean, j) => mean * unit[j]);
  const margin = counts.labelled > 0;
  const rows: SphereRows = {
    X,
    unit,
    middle,
    side: Float64Array.from(label, (own) => (own === 1 ? -1 : 1)),
    weight: Float64Array.from(label, (own) => (own === -1 ? nuU / counts.unlabelled : nuL / counts.labelled)),
    labelled: Uint8Array.from(label, (own) => (own === -1 ? 0 : 1)),
  };
  const objective = sphereObjective(rows, margin ? kappa : 0);
  const d = X.columns;
  // c, a, γ: the mean, the mean squared distance from it (all that are standardised), a margin of one.
  const start = new Float64Array(d + 2);
  const spread = unit.reduce((sum, u) => sum + (u > 0 ? 1 : 0), 0);
  start[d] = spread;
  start[d + 1] = margin ? 1 : 0;
  const { x, converged } = minimiseLbfgs(objective, start, { tolerance: 1e-5, maxIterations: 1000, signal });
  const centre = x.slice(0, d);
  const warnings = converged ? [] : ['the sphere is not exact: its fit stopped before it converged'];
  return { sphere: new Sphere({ unit, middle, centre, offset: x[d] }), warnings };
}
