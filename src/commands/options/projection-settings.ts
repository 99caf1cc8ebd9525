import { nearest, UserError } from '../../errors.js';
import { projectedBy, type ProjectionSettings } from '../../experiments/projection/settings.js';
import { expandGrid, parseParams } from '../../ml/params.js';
import { projections } from '../../ml/projection/registry.js';
import { choice, number, type OptionsOf, repeatable, text } from './options.js';

/** The options of `projection` that say how instances are projected. */
export const projectionOptions = {
  algorithm: text('--algorithm <id>', `how they are projected (pca): ${Object.keys(projections).join(', ')}`),
  components: number(
    '--components <n>',
    'components (20 by pca, 2 by umap, tsne and nca, else 10; or as many as there are)',
    {
      min: 1,
      integer: true,
    },
  ),
  by: choice('--by <what>', projectedBy, 'what supervised algorithms learn from'),
  param: repeatable('--param <name=value>', 'a parameter of the algorithm: see secuml models ID'),
};

/** The settings that the options make. Throws UserError for what the algorithm does not take. */
export function projectionSettings({
  algorithm = 'pca',
  components,
  by = 'label',
  param = [],
}: OptionsOf<typeof projectionOptions>): ProjectionSettings {
  const known = Object.keys(projections);
  if (!Object.hasOwn(projections, algorithm)) {
    throw new UserError(`there is no projection "${algorithm}"${nearest(algorithm, known)}`, {
      hint: `the projections: ${known.join(', ')}`,
    });
  }
  const id = algorithm as ProjectionSettings['algorithm'];
  const { params } = projections[id];
  const points = expandGrid(params, parseParams(params, param, id));
  if (points.length > 1) throw new UserError('--param takes one value each here: there is nothing to search a grid by');
  return { algorithm: id, params: points[0], components: components ?? null, by };
}
