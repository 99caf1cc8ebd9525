import { throwIfCancelled } from '../../fit-context.js';
import { defineParams } from '../../params.js';
import { CentredRows } from '../centred-rows.js';
import { linearCoordinates } from '../linear-coordinates.js';
import { packagePrincipalComponents } from '../package-principal-components.js';
import { principalComponents } from '../principal-components.js';
import { defineProjection } from '../projection.js';

const params = defineParams({
  engine: {
    type: 'choice',
    words: ['secuml', 'ml-pca'],
    default: 'secuml',
    help: 'our own, or the npm package ml-pca: the same components, slower, for small dense data',
  },
});

/**
 * Principal components (Pearson 1901; Hotelling 1933; scikit-learn's PCA): the orthogonal directions of the largest
 * variance, most first. Sparse rows stay sparse: they are centred in passing.
 */
export const pca = defineProjection({
  id: 'pca',
  title: 'Principal component analysis',
  summary: 'The directions of the largest variance: fast, exact, needs no labels; the place to begin.',
  params,
  supervised: false,
  usualComponents: 20,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns)),
  cost(rows, columns, components, { engine }) {
    const order = Math.min(rows, columns);
    const whole = order <= 250 || 4 * components > order;
    const seconds = whole
      ? 5e-10 * rows * columns * order + 1e-8 * order ** 3
      : 2e-9 * rows * columns * (100 + 4 * components);
    const bytes = 8 * (whole ? 6 * order ** 2 : (400 + 30 * components) * order) + 8 * components * (rows + columns);
    return engine === 'secuml' ? { seconds, bytes } : { seconds: 20 * seconds, bytes: bytes + 64 * rows * columns };
  },
  async project({ X }, components, { engine }, context) {
    throwIfCancelled(context.signal);
    const rows = new CentredRows(X);
    const found =
      engine === 'secuml'
        ? principalComponents(rows, components, context)
        : await packagePrincipalComponents(rows, components);
    const { squares, axes, converged } = found;
    const freedom = Math.max(1, X.rows - 1);
    return {
      components,
      coordinates: linearCoordinates(rows, axes),
      linear: { axes, mean: rows.mean },
      variance: { explained: squares.map((value) => value / freedom), total: rows.squaredLength / freedom },
      warnings: converged ? [] : ['the components have not converged: their last digits are not to be trusted'],
    };
  },
});
