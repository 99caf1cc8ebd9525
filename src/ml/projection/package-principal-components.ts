import { fixSigns } from '../linear-algebra/symmetric-eigen.js';
import { toDense } from '../matrix/feature-matrix.js';
import type { CentredRows } from './centred-rows.js';
import type { PrincipalComponents } from './principal-components.js';

/** The same by the npm package ml-pca, a singular value decomposition of the dense rows: O(n·d·min(n, d)), much slower. */
export async function packagePrincipalComponents(rows: CentredRows, k: number): Promise<PrincipalComponents> {
  const { PCA } = await import('ml-pca');
  const { rows: n, columns: d, values } = toDense(rows.X);
  const nested = Array.from({ length: n }, (_, i) => Array.from(values.subarray(i * d, (i + 1) * d)));
  const found = new PCA(nested, { center: true, scale: false });
  const variances = found.getEigenvalues();
  const columns = found.getEigenvectors();
  const axes = new Float64Array(k * d);
  for (let c = 0; c < k; c++) for (let j = 0; j < d; j++) axes[c * d + j] = columns.get(j, c);
  fixSigns(axes, d);
  return { squares: Float64Array.from({ length: k }, (_, c) => variances[c] * (n - 1)), axes, converged: true };
}
