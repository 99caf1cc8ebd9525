/** a·b over the first `length` elements. */
export function dot(a: Float64Array, b: Float64Array, length = a.length): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}

/** y += alpha·x. */
export function axpy(alpha: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += alpha * x[i];
}

/** Euclidean norm of the first `length` elements. */
export function norm(a: Float64Array, length = a.length): number {
  return Math.sqrt(dot(a, a, length));
}
