import { counted, UserError } from '../errors.js';
import { canProduceClusterFigure, clusteredInstances, clusterInstances } from '../experiments/cluster/cluster.js';
import { clusterForDocument, type ClusterSettings } from '../experiments/cluster/settings.js';
import { clusterers } from '../ml/clustering/registry.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import { clusteringReport } from '../terminal/clustering-report.js';
import { formatBytes } from '../terminal/number-format.js';
import { progressReporter } from '../terminal/progress.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { labelSource } from '../workspace/labels/label-source.js';
import { openDataset } from '../workspace/dataset/open-dataset.js';
import { Stopwatch } from '../workspace/experiment/run-record.js';
import { openWorkspace } from '../workspace/workspace.js';
import { parseAssertions } from './options/assertions.js';
import { clusterOptions, clusterSettings } from './options/cluster-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { repeatable } from './options/options.js';
import { reportResult } from './experiment/report-result.js';
import { runExperiment } from './experiment/run-experiment.js';

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

  async run({ args, options, streams, environment, signal, commandLine }) {
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const settings = clusterSettings(options);
    const assertions = parseAssertions(options.assert ?? [], (name) => (canProduceClusterFigure(name) ? name : null));
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    const workspace = await openWorkspace(configuration);
    try {
      progress.note(`database: ${workspace.storeName}`);
      progress.update(0, 1, 'reading the dataset');
      const stopwatch = new Stopwatch('reading');
      const opened = await openDataset(request, labelSource(configuration.outputDir));
      refuseTooLarge(
        settings,
        clusteredInstances(opened.dataset, settings).length,
        opened.dataset,
        configuration.maxMemory,
      );
      const { outcome, document, directory } = await runExperiment(
        workspace,
        configuration,
        {
          kind: 'cluster',
          name: options.name,
          settings: clusterForDocument(settings, configuration.seed),
          opened,
          commandLine,
          stopwatch,
          compute: (context) => clusterInstances(opened.dataset, settings, context),
        },
        progress,
        signal,
      );
      progress.end();
      return reportResult(
        { document, directory, figures: outcome.headline },
        { assertions, report: (style) => clusteringReport(document, outcome.panels, style) },
        { streams, environment, json: options.json, quiet: options.quiet },
      );
    } finally {
      progress.end();
      await workspace.close();
    }
  },
});

/** Refuses before work begins what cannot fit into `maxMemory` bytes, or is beyond the algorithm. */
function refuseTooLarge(
  { algorithm, params, clusters }: ClusterSettings,
  rows: number,
  { X }: Dataset,
  maxMemory: number,
): void {
  const { cost, mostRows = Number.POSITIVE_INFINITY } = clusterers[algorithm];
  if (rows > mostRows) {
    throw new UserError(
      `${algorithm} works on at most ${counted(mostRows, 'instance')}; there are ${counted(rows, 'instance')}`,
      {
        hint: 'use --sample N, or --algorithm kmeans',
      },
    );
  }
  const bytes = X.kind === 'dense' ? X.values.byteLength : X.values.byteLength + X.columnIndex.byteLength;
  const needed = 2 * bytes + cost(rows, X.columns, clusters === 'auto' ? 20 : (clusters ?? 1), params).bytes;
  if (needed <= maxMemory) return;
  throw new UserError(
    `${algorithm} on ${counted(rows, 'instance')} x ${counted(X.columns, 'feature')} needs about ${formatBytes(needed)} of memory; ${formatBytes(maxMemory)} are at hand`,
    { hint: 'use --sample N, fewer features (--filter-in FILE), fewer clusters, or raise --max-memory' },
  );
}
