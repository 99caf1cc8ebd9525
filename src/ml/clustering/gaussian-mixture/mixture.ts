import { choleskyInPlace } from '../../kernels/cholesky.js';
import type { DenseMatrix } from '../../matrix/feature-matrix.js';

export const covarianceKinds = ['diagonal', 'full', 'tied'] as const;

export type CovarianceKind = (typeof covarianceKinds)[number];

/** Rows whose products are taken together: their cells stay in the cache. */
const block = 64;
const log2Pi = Math.log(2 * Math.PI);

/** Free parameters of a mixture: of means, covariances and weights. */
export function mixtureParameters(kind: CovarianceKind, components: number, d: number): number {
  const shape = (d * (d + 1)) / 2;
  const covariances = kind === 'diagonal' ? components * d : kind === 'full' ? components * shape : shape;
  return components * d + covariances + components - 1;
}

/** A mixture of k Gaussians over n rows of d cells, between its two steps. */
export class Mixture {
  /** n×k: how far each row is of each component; a row sums to 1. */
  readonly responsibilities: Float64Array;
  private readonly means: Float64Array;
  private readonly logWeights: Float64Array;
  /** k×d of 1 / deviation, or U⁻¹ of each covariance UᵀU: upper triangles d×d, one for all where tied. */
  private readonly precision: Float64Array;
  private readonly logDeterminant: Float64Array;

  constructor(
    private readonly X: DenseMatrix,
    private readonly components: number,
    private readonly kind: CovarianceKind,
    private readonly regularisation: number,
  ) {
    const { rows, columns: d } = X;
    this.responsibilities = new Float64Array(rows * components);
    this.means = new Float64Array(components * d);
    this.logWeights = new Float64Array(components);
    const matrices = kind === 'tied' ? 1 : components;
    this.precision = new Float64Array(kind === 'diagonal' ? components * d : matrices * d * d);
    this.logDeterminant = new Float64Array(components);
  }

  /** Weights, means and covariances from the responsibilities; false where a covariance has no inverse. */
  maximise(): boolean {
    const { X, components: k, responsibilities, means, logWeights } = this;
    const d = X.columns;
    const mass = new Float64Array(k).fill(10 * Number.EPSILON);
    means.fill(0);
    for (let i = 0; i < X.rows; i++) {
      for (let c = 0; c < k; c++) {
        const share = responsibilities[i * k + c];
        if (share === 0) continue;
        mass[c] += share;
        for (let j = 0, x = i * d, to = c * d; j < d; j++, x++, to++) means[to] += share * X.values[x];
      }
    }
    const total = mass.reduce((sum, own) => sum + own, 0);
    for (let c = 0; c < k; c++) {
      logWeights[c] = Math.log(mass[c] / total);
      for (let to = c * d; to < (c + 1) * d; to++) means[to] /= mass[c];
    }
    return this.kind === 'diagonal' ? this.fitDiagonal(mass) : this.fitMatrices(mass);
  }

  /** Responsibilities from the parameters; returns the mean log-likelihood of a row. */
  expect(): number {
    const { X, components: k, responsibilities } = this;
    const d = X.columns;
    const logs = new Float64Array(block * k);
    let total = 0;
    for (let from = 0; from < X.rows; from += block) {
      const size = Math.min(block, X.rows - from);
      for (let c = 0; c < k; c++) {
        if (this.kind === 'diagonal') this.logDensitiesDiagonal(from, size, c, logs);
        else this.logDensities(from, size, c, logs);
      }
      for (let b = 0; b < size; b++) {
        let most = Number.NEGATIVE_INFINITY;
        for (let c = 0; c < k; c++) {
          logs[b * k + c] += this.logWeights[c] - (d * log2Pi) / 2 + this.logDeterminant[c];
          most = Math.max(most, logs[b * k + c]);
        }
        let sum = 0;
        for (let c = 0; c < k; c++) sum += Math.exp(logs[b * k + c] - most);
        const own = most + Math.log(sum);
        total += own;
        for (let c = 0; c < k; c++) responsibilities[(from + b) * k + c] = Math.exp(logs[b * k + c] - own);
      }
    }
    return total / X.rows;
  }

  /** Of each row the likeliest component, the first of equals. */
  assignment(): Int32Array {
    const { components: k, responsibilities } = this;
    return Int32Array.from({ length: this.X.rows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < k; c++) if (responsibilities[i * k + c] > responsibilities[i * k + best]) best = c;
      return best;
    });
  }

  private fitDiagonal(mass: Float64Array): boolean {
    const { X, components: k, responsibilities, means, precision, logDeterminant } = this;
    const d = X.columns;
    precision.fill(0);
    for (let i = 0; i < X.rows; i++) {
      for (let c = 0; c < k; c++) {
        const share = responsibilities[i * k + c];
        if (share === 0) continue;
        for (let j = 0, x = i * d, to = c * d; j < d; j++, x++, to++) {
          const difference = X.values[x] - means[to];
          precision[to] += share * difference * difference;
        }
      }
    }
    for (let c = 0; c < k; c++) {
      logDeterminant[c] = 0;
      for (let to = c * d; to < (c + 1) * d; to++) {
        const variance = precision[to] / mass[c] + this.regularisation;
        if (!(variance > 0)) return false;
        precision[to] = 1 / Math.sqrt(variance);
        logDeterminant[c] += Math.log(precision[to]);
      }
    }
    return true;
  }

  private fitMatrices(mass: Float64Array): boolean {
    const { X, components: k, precision, logDeterminant } = this;
    const d = X.columns;
    const total = mass.reduce((sum, own) => sum + own, 0);
    const tied = this.kind === 'tied';
    const covariance = new Float64Array(d * d);
    for (let c = 0; c < k; c++) {
      if (!tied) covariance.fill(0);
      this.addScatter(c, covariance);
      if (tied && c < k - 1) continue;
      const divisor = tied ? total : mass[c];
      for (let at = 0; at < d * d; at++) covariance[at] /= divisor;
      for (let j = 0; j < d; j++) covariance[j * d + j] += this.regularisation;
      if (!choleskyInPlace(covariance, d)) return false;
      const inverse = precision.subarray(tied ? 0 : c * d * d, tied ? d * d : (c + 1) * d * d);
      invertUpper(covariance, d, inverse);
      let logs = 0;
      for (let j = 0; j < d; j++) logs += Math.log(inverse[j * d + j]);
      if (tied) logDeterminant.fill(logs);
      else logDeterminant[c] = logs;
    }
    return true;
  }

  /** Adds Σ share · (x − mean)(x − mean)ᵀ to an upper triangle, rows without a share left out. */
  private addScatter(c: number, covariance: Float64Array): void {
    const { X, components: k, responsibilities, means } = this;
    const d = X.columns;
    const centred = new Float64Array(block * d);
    let filled = 0;
    const flush = (): void => {
      addProducts(centred, filled, d, covariance);
      filled = 0;
    };
    for (let i = 0; i < X.rows; i++) {
      const share = responsibilities[i * k + c];
      // Less than this is lost in the sum anyway.
      if (share < 1e-14) continue;
      const root = Math.sqrt(share);
      for (let j = 0, x = i * d, mean = c * d, to = filled * d; j < d; j++, x++, mean++, to++) {
        centred[to] = root * (X.values[x] - means[mean]);
      }
      if (++filled === block) flush();
    }
    flush();
  }

  private logDensitiesDiagonal(from: number, size: number, c: number, logs: Float64Array): void {
    const { X, components: k, means, precision } = this;
    const d = X.columns;
    for (let b = 0; b < size; b++) {
      let sum = 0;
      for (let j = 0, x = (from + b) * d, at = c * d; j < d; j++, x++, at++) {
        const z = (X.values[x] - means[at]) * precision[at];
        sum += z * z;
      }
      logs[b * k + c] = -sum / 2;
    }
  }

  private logDensities(from: number, size: number, c: number, logs: Float64Array): void {
    const { X, components: k, means, precision } = this;
    const d = X.columns;
    const inverse = this.kind === 'tied' ? precision : precision.subarray(c * d * d, (c + 1) * d * d);
    // (x − mean)·U⁻¹ is x·U⁻¹ less what the mean gives, and many cells of x are 0.
    const ofMean = new Float64Array(d);
    addProduct(means, c * d, inverse, d, ofMean);
    const product = new Float64Array(d);
    for (let b = 0; b < size; b++) {
      product.fill(0);
      addProduct(X.values, (from + b) * d, inverse, d, product);
      let sum = 0;
      for (let m = 0; m < d; m++) {
        const z = product[m] - ofMean[m];
        sum += z * z;
      }
      logs[b * k + c] = -sum / 2;
    }
  }
}

/** Adds a row, the d cells from `from` on, times an upper triangle. */
function addProduct(cells: Float64Array, from: number, upper: Float64Array, d: number, product: Float64Array): void {
  for (let j = 0; j < d; j++) {
    const cell = cells[from + j];
    if (cell === 0) continue;
    for (let m = j, at = j * d + j; m < d; m++, at++) product[m] += cell * upper[at];
  }
}

/** Adds BᵀB of `rows` rows of d cells to an upper triangle, four rows at once. */
function addProducts(B: Float64Array, rows: number, d: number, target: Float64Array): void {
  B.fill(0, rows * d);
  for (let r = 0; r < rows; r += 4) {
    const [p, q, s, t] = [r * d, (r + 1) * d, (r + 2) * d, (r + 3) * d];
    for (let i = 0; i < d; i++) {
      const [a, b, e, f] = [B[p + i], B[q + i], B[s + i], B[t + i]];
      if (a === 0 && b === 0 && e === 0 && f === 0) continue;
      for (let j = i, to = i * d + i; j < d; j++, to++) {
        target[to] += a * B[p + j] + b * B[q + j] + e * B[s + j] + f * B[t + j];
      }
    }
  }
}

/** The inverse of an upper triangle (d×d row-major), with zeros below the diagonal. O(d³ / 6). */
function invertUpper(upper: Float64Array, d: number, inverse: Float64Array): void {
  inverse.fill(0);
  for (let i = d - 1; i >= 0; i--) {
    const own = 1 / upper[i * d + i];
    inverse[i * d + i] = own;
    for (let m = i + 1; m < d; m++) {
      const factor = upper[i * d + m] * own;
      if (factor === 0) continue;
      for (let j = m; j < d; j++) inverse[i * d + j] -= factor * inverse[m * d + j];
    }
  }
}
