import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { RandomStream } from '../random/stream.js';
import { type Eigenpairs, symmetricEigen } from './symmetric-eigen.js';

/** A symmetric positive semi-definite matrix of order s, known by its products alone. */
export interface SymmetricOperator {
  readonly order: number;
  /** Writes A·x to `result`; both of length s. */
  multiply(x: Float64Array, result: Float64Array): void;
}

export interface LargestEigenpairs extends Eigenpairs {
  readonly converged: boolean;
}

/** A pair is found when |A·v − λ·v| is at most this share of the largest eigenvalue. */
const tolerance = 1e-9;
/** Enough to tell whether something as large is left. */
const glanceTolerance = 1e-5;
/** What is smaller, relative to the largest eigenvalue, is rounding. */
const nothing = 1e-13;

/**
 * The k largest eigenpairs by Lanczos' iteration with full reorthogonalisation (Parlett 1998, ch. 13). One start vector
 * sees one vector of a multiple eigenvalue: so the space that is orthogonal to what was found is searched until it holds
 * nothing as large. O(m) products and O(m²·s) for a basis of m vectors, usually some dozens to a few hundred.
 * @param k 1 … order
 */
export function largestEigenpairs(
  operator: SymmetricOperator,
  k: number,
  stream: RandomStream,
  signal?: CancelSignal,
): LargestEigenpairs {
  const s = operator.order;
  const first = search(operator, k, [], tolerance, stream, signal);
  const found: { value: number; vector: Float64Array }[] = [];
  first.values.forEach((value, i) => {
    found.push({ value, vector: first.vectors.slice(i * s, (i + 1) * s) });
  });
  let { converged } = first;
  while (converged && found.length < s) {
    const locked = found.map(({ vector }) => vector);
    const least = found[k - 1].value;
    const glance = search(operator, 1, locked, glanceTolerance, stream, signal);
    if (glance.values[0] < least * (1 - 100 * glanceTolerance)) break;
    const next = search(operator, 1, locked, tolerance, stream, signal);
    converged &&= next.converged;
    found.push({ value: next.values[0], vector: next.vectors });
    found.sort((a, b) => b.value - a.value);
    if (next.values[0] <= least * (1 + nothing)) break;
  }
  const vectors = new Float64Array(k * s);
  for (let i = 0; i < k; i++) vectors.set(found[i].vector, i * s);
  return { values: Float64Array.from(found.slice(0, k), ({ value }) => value), vectors, converged };
}

/** The largest eigenpairs in the space orthogonal to the locked vectors. */
function search(
  operator: SymmetricOperator,
  k: number,
  locked: readonly Float64Array[],
  accuracy: number,
  stream: RandomStream,
  signal: CancelSignal | undefined,
): LargestEigenpairs {
  const s = operator.order;
  const most = Math.min(s - locked.length, Math.max(300, 30 * k));
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let checkAt = Math.min(most, Math.max(k + 8, 2 * k));
  let vector = newDirection(s, [...locked], stream);
  for (;;) {
    throwIfCancelled(signal);
    basis.push(vector);
    const product = new Float64Array(s);
    operator.multiply(vector, product);
    diagonal.push(dot(product, vector));
    // Twice is enough (Kahan, Parlett): what is left in the basis' space is rounding.
    for (let twice = 0; twice < 2; twice++) {
      for (const other of locked) subtract(product, dot(product, other), other);
      for (const other of basis) subtract(product, dot(product, other), other);
    }
    const length = Math.sqrt(dot(product, product));
    const m = basis.length;
    const scale = Math.max(...diagonal.map(Math.abs), length, Number.MIN_VALUE);
    const invariant = length <= nothing * scale;
    if (m === most || (m >= checkAt && m >= k)) {
      const small = tridiagonalEigen(diagonal, beside);
      const largest = Math.max(Math.abs(small.values[0]), Number.MIN_VALUE);
      let settled = 0;
      while (settled < k && length * Math.abs(small.vectors[settled * m + m - 1]) <= accuracy * largest) settled++;
      const whole = m === s - locked.length;
      if (settled === k || whole || m === most) {
        return { ...ritzPairs(basis, small, k, s), converged: settled === k || whole };
      }
      checkAt = Math.min(most, m + Math.max(8, Math.ceil(m / 4)));
    }
    beside.push(invariant ? 0 : length);
    vector = invariant ? newDirection(s, [...locked, ...basis], stream) : product.map((x) => x / length);
  }
}

/** A random direction orthogonal to some vectors. */
function newDirection(s: number, others: readonly Float64Array[], stream: RandomStream): Float64Array {
  const vector = Float64Array.from({ length: s }, () => stream.float() - 0.5);
  for (let twice = 0; twice < 3; twice++) {
    for (const other of others) subtract(vector, dot(vector, other), other);
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < s; i++) vector[i] /= length;
  }
  return vector;
}

function tridiagonalEigen(diagonal: readonly number[], beside: readonly number[]): Eigenpairs {
  const m = diagonal.length;
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    matrix[i * m + i] = diagonal[i];
    if (i + 1 < m) matrix[i * m + i + 1] = matrix[(i + 1) * m + i] = beside[i];
  }
  return symmetricEigen(matrix, m);
}

function ritzPairs(basis: readonly Float64Array[], small: Eigenpairs, k: number, s: number): Eigenpairs {
  const m = basis.length;
  const vectors = new Float64Array(k * s);
  for (let i = 0; i < k; i++) {
    const vector = vectors.subarray(i * s, (i + 1) * s);
    for (let j = 0; j < m; j++) subtract(vector, -small.vectors[i * m + j], basis[j]);
    const length = Math.sqrt(dot(vector, vector));
    for (let at = 0; at < s; at++) vector[at] /= length;
  }
  return { values: small.values.slice(0, k), vectors };
}

function dot(a: Float64Array, b: Float64Array): number {
  let [even, odd] = [0, 0];
  const last = a.length - 1;
  let i = 0;
  for (; i < last; i += 2) {
    even += a[i] * b[i];
    odd += a[i + 1] * b[i + 1];
  }
  if (i === last) even += a[i] * b[i];
  return even + odd;
}

/** x − factor·y, in place. */
function subtract(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] -= factor * y[i];
}
