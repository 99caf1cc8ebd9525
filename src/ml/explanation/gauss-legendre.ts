/** A rule for integrals over [0, 1]: Σ weights[q]·f(nodes[q]); all nodes lie strictly inside. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss and Legendre's rule of `count` nodes on [0, 1]: exact for polynomials of degree 2·count − 1. The nodes are the
 * roots of the Legendre polynomial, found by Newton's method (Press and others, Numerical Recipes, 4.6). O(count²).
 */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

function legendre(degree: number, x: number): { value: number; derivative: number } {
  let [before, value] = [0, 1];
  for (let j = 0; j < degree; j++) [before, value] = [value, ((2 * j + 1) * x * value - j * before) / (j + 1)];
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}
