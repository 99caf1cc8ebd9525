const eulerGamma = 0.5772156649015329;

/**
 * Mean length of an unsuccessful search in a binary search tree of n nodes (Liu et al. 2008, equation 1, with the
 * harmonic number as ln n + γ): what a leaf of n rows would still take to tell them apart. 0 for one row, 1 for two.
 */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + eulerGamma) - (2 * (n - 1)) / n;
}
