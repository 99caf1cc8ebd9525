import { canProduceClusterFigure, clusteredInstances, clusterInstances } from '../experiments/cluster/cluster.js';
import { clusterForDocument, type ClusterSettings } from '../experiments/cluster/settings.js';
import { mostClusters } from '../ml/clustering/choose-count.js';
import { clusterers } from '../ml/clustering/registry.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import { clusteringReport } from '../terminal/clustering-report.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { parseAssertions } from './options/assertions.js';
import { clusterOptions, clusterSettings } from './options/cluster-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { refuseBeyond, refuseMemory } from './experiment/memory-limit.js';
import { saveAndReport } from './experiment/save-and-report.js';
import { repeatable } from './options/options.js';

export const clusterCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    ...datasetOptions,
    ...clusterOptions,
    assert: repeatable('--assert <expression>', "fail unless it holds, such as 'silhouette >= 0.3'"),
    ...experimentOptions,
  },
  examples: `Examples:
  secuml cluster --project SpamHam --dataset spamassassin
  secuml cluster --project SpamHam --dataset spamassassin --clusters 8 --only malicious
  secuml cluster --project SpamHam --dataset spamassassin --algorithm gaussian-mixture --clusters auto
  secuml cluster --project NSLKDD --dataset train20 --algorithm dbscan --param eps=0.5`,

  async run(invocation) {
    const { args, options, environment } = invocation;
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const settings = clusterSettings(options);
    const assertions = parseAssertions(options.assert ?? [], (name) => (canProduceClusterFigure(name) ? name : null));
    return saveAndReport(
      {
        kind: 'cluster',
        configuration,
        request,
        assertions,
        prepare: ({ dataset }) => {
          refuseTooLarge(settings, dataset, configuration.maxMemory);
          return {
            settings: clusterForDocument(settings, configuration.seed),
            compute: (context) => clusterInstances(dataset, settings, context),
          };
        },
        report: (document, { panels }, style) => clusteringReport(document, panels, style),
      },
      invocation,
    );
  },
});

function refuseTooLarge(settings: ClusterSettings, dataset: Dataset, maxMemory: number): void {
  const { algorithm, params, clusters } = settings;
  const { cost, mostRows } = clusterers[algorithm];
  const rows = clusteredInstances(dataset, settings).length;
  const most = clusters === 'auto' ? mostClusters : (clusters ?? 1);
  const { bytes } = cost(rows, dataset.X.columns, most, params);
  refuseBeyond({ name: algorithm, rows, mostRows, other: '--algorithm kmeans' });
  refuseMemory({ name: algorithm, X: dataset.X, rows, bytes, other: 'fewer clusters' }, maxMemory);
}
