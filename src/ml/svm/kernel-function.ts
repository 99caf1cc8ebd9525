/** A Mercer kernel (the sigmoid is none, but is used as one), of standardised rows u and v. */
export interface KernelFunction {
  /** exp(−gamma·‖u−v‖²); u·v; (gamma·u·v + coef0)^degree; tanh(gamma·u·v + coef0). */
  readonly kind: KernelKind;
  /** > 0. */
  readonly gamma: number;
  readonly coef0: number;
  /** A whole number of at least 1. */
  readonly degree: number;
}

export const kernelKinds = ['rbf', 'linear', 'poly', 'sigmoid'] as const;
export type KernelKind = (typeof kernelKinds)[number];

/** The kernel of a row with itself; `square`: its inner product with itself. */
export function kernelOfItself({ kind, gamma, coef0, degree }: KernelFunction, square: number): number {
  switch (kind) {
    case 'rbf':
      return 1;
    case 'linear':
      return square;
    case 'poly':
      return (gamma * square + coef0) ** degree;
    case 'sigmoid':
      return Math.tanh(gamma * square + coef0);
  }
}
