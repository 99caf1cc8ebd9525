import { InvalidArgumentError } from 'commander';
import { nearest, UserError } from '../../errors.js';
import { type ClusterSettings, clusteredRows } from '../../experiments/cluster/settings.js';
import { type CountCriterion, countCriteria } from '../../ml/clustering/choose-count.js';
import { clusterers } from '../../ml/clustering/registry.js';
import { expandGrid, parseParams } from '../../ml/params.js';
import { projections } from '../../ml/projection/registry.js';
import { choice, number, type OptionSpec, type OptionsOf, repeatable, text } from './options.js';

const defaultClusters = 4;

/** How many clusters. */
const clustersOption: OptionSpec<number | 'auto'> = {
  flags: '--clusters <n>',
  help: `how many clusters (${defaultClusters}); auto: 2 to 20, see --clusters-by`,
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
  clustersBy: choice(
    '--clusters-by <criterion>',
    countCriteria,
    'what --clusters auto goes by (bic for gaussian-mixture, silhouette for others)',
  ),
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
  clustersBy,
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
  if (clustersBy !== undefined) refuseCriterion(clustersBy, id, clusters, points[0].metric === 'cosine');
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
    ...(clustersBy !== undefined && { clustersBy }),
    only,
  };
}

/** Throws UserError for a criterion that nothing is to be chosen by, or that says nothing of such clusters. */
function refuseCriterion(
  criterion: CountCriterion,
  algorithm: string,
  clusters: number | 'auto' | undefined,
  byAngle: boolean,
): void {
  if (clusters !== 'auto') throw new UserError(`--clusters-by ${criterion} is of --clusters auto: add it`);
  if (criterion === 'bic' && algorithm !== 'gaussian-mixture') {
    throw new UserError(`${algorithm} has no likelihood that a BIC could be made of`, {
      hint: 'use --clusters-by silhouette or gap, or --algorithm gaussian-mixture',
    });
  }
  if (criterion === 'gap' && byAngle) {
    throw new UserError('the gap statistic knows no metric=cosine: its boxes have no direction', {
      hint: 'use --clusters-by silhouette',
    });
  }
}

function projectionNamed(id: string): NonNullable<ClusterSettings['projection']>['algorithm'] {
  const known = Object.keys(projections);
  if (Object.hasOwn(projections, id)) return id as keyof typeof projections;
  throw new UserError(`there is no projection "${id}"${nearest(id, known)}`, {
    hint: `the projections: ${known.join(', ')}`,
  });
}
