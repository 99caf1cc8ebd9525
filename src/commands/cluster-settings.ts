import { InvalidArgumentError } from 'commander';
import { nearest, UserError } from '../errors.js';
import { type ClusterSettings, clusteredRows } from '../experiments/cluster/settings.js';
import { clusterers } from '../ml/clustering/registry.js';
import { expandGrid, parseParams } from '../ml/params.js';
import { projections } from '../ml/projection/registry.js';
import { choice, number, type OptionSpec, type OptionsOf, repeatable, text } from './options.js';

const defaultClusters = 4;

/** How many clusters. */
const clustersOption: OptionSpec<number | 'auto'> = {
  flags: '--clusters <n>',
  help: `how many clusters (${defaultClusters}); auto: 2 to 20, by the BIC or the silhouette`,
  parse: (value) => {
    if (value === 'auto') return 'auto';
    const count = /^\d{1,9}$/.test(value.trim()) ? Number(value) : 0;
    if (count < 1) throw new InvalidArgumentError('Expected a whole number of at least 1, or auto.');
    return count;
  },
};

/** The options of `cluster` that say how instances are grouped. */
export const clusterOptions = {
  algorithm: text('--algorithm <id>', `how they are grouped (kmeans): ${Object.keys(clusterers).join(', ')}`),
  clusters: clustersOption,
  projection: text(
    '--projection <id>',
    `cluster in the components of a projection: ${Object.keys(projections).join(', ')}`,
  ),
  components: number('--components <n>', 'components of the projection (10, or as many as it has)', {
    min: 1,
    integer: true,
  }),
  only: choice('--only <label>', clusteredRows, 'which instances'),
  param: repeatable('--param <name=value>', 'a parameter of the algorithm: see secuml models ID'),
};

/** The settings that the options make. Throws UserError for what the algorithm does not take. */
export function clusterSettings({
  algorithm = 'kmeans',
  clusters,
  projection,
  components,
  only = 'all',
  param = [],
}: OptionsOf<typeof clusterOptions>): ClusterSettings {
  const known = Object.keys(clusterers);
  if (!Object.hasOwn(clusterers, algorithm)) {
    throw new UserError(`there is no clustering algorithm "${algorithm}"${nearest(algorithm, known)}`, {
      hint: `the algorithms: ${known.join(', ')}`,
    });
  }
  const id = algorithm as ClusterSettings['algorithm'];
  const { params, takesClusterCount } = clusterers[id];
  const points = expandGrid(params, parseParams(params, param, id));
  if (points.length > 1) throw new UserError('--param takes one value each here: there is nothing to search a grid by');
  if (!takesClusterCount && clusters !== undefined) {
    throw new UserError(`${id} finds the number of clusters itself: leave --clusters out`, {
      hint: `what it can be told: secuml models ${id}`,
    });
  }
  if (components !== undefined && projection === undefined) {
    throw new UserError('--components is of a projection: name one with --projection');
  }
  return {
    ...(projection !== undefined && {
      projection: { algorithm: projectionNamed(projection), components: components ?? null },
    }),
    algorithm: id,
    params: points[0],
    clusters: takesClusterCount ? (clusters ?? defaultClusters) : null,
    only,
  };
}

function projectionNamed(id: string): NonNullable<ClusterSettings['projection']>['algorithm'] {
  const known = Object.keys(projections);
  if (Object.hasOwn(projections, id)) return id as keyof typeof projections;
  throw new UserError(`there is no projection "${id}"${nearest(id, known)}`, {
    hint: `the projections: ${known.join(', ')}`,
  });
}
