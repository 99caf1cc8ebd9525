import { counted, UserError } from '../errors.js';
import { canProduceProjectionFigure, projectInstances, refuseProjection } from '../experiments/projection/project.js';
import { projectionForDocument, type ProjectionSettings } from '../experiments/projection/settings.js';
import { projections } from '../ml/projection/registry.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import { projectionReport } from '../terminal/projection-report.js';
import { formatBytes } from '../terminal/number-format.js';
import { progressReporter } from '../terminal/progress.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { labelSource } from '../workspace/labels/label-source.js';
import { openDataset } from '../workspace/dataset/open-dataset.js';
import { Stopwatch } from '../workspace/experiment/run-record.js';
import { openWorkspace } from '../workspace/workspace.js';
import { parseAssertions } from './options/assertions.js';
import { projectionOptions, projectionSettings } from './options/projection-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { repeatable } from './options/options.js';
import { reportResult } from './experiment/report-result.js';
import { runExperiment } from './experiment/run-experiment.js';

export const projectionCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    ...datasetOptions,
    ...projectionOptions,
    assert: repeatable('--assert <expression>', "fail unless it holds, such as 'explainedVariance >= 0.5'"),
    ...experimentOptions,
  },
  examples: `Examples:
  secuml projection --project SpamHam --dataset spamassassin
  secuml projection --project SpamHam --dataset spamassassin --algorithm lda --by family
  secuml projection --project NSLKDD --dataset train20 --algorithm umap --sample 10000
  secuml projection --project NSLKDD --dataset train20 --components 5 --assert 'explainedVariance >= 0.2'`,

  async run({ args, options, streams, environment, signal, commandLine }) {
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const settings = projectionSettings(options);
    const assertions = parseAssertions(options.assert ?? [], (name) =>
      canProduceProjectionFigure(name) ? name : null,
    );
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    const workspace = await openWorkspace(configuration);
    try {
      progress.note(`database: ${workspace.storeName}`);
      progress.update(0, 1, 'reading the dataset');
      const stopwatch = new Stopwatch('reading');
      const opened = await openDataset(request, labelSource(configuration.outputDir));
      refuseTooLarge(settings, opened.dataset, configuration.maxMemory);
      refuseProjection(opened.dataset, settings);
      const { outcome, document, directory } = await runExperiment(
        workspace,
        configuration,
        {
          kind: 'projection',
          name: options.name,
          settings: projectionForDocument(settings, configuration.seed),
          opened,
          commandLine,
          stopwatch,
          compute: (context) => projectInstances(opened.dataset, settings, context),
        },
        progress,
        signal,
      );
      progress.end();
      return reportResult(
        { document, directory, figures: outcome.headline },
        { assertions, report: (style) => projectionReport(document, outcome.panels, style) },
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
  { algorithm, params, components }: ProjectionSettings,
  { X }: Dataset,
  maxMemory: number,
): void {
  const { cost, mostRows = Number.POSITIVE_INFINITY, usualComponents } = projections[algorithm];
  const hint = 'use --sample N, fewer features (--filter-in FILE), or --algorithm pca';
  if (X.rows > mostRows) {
    const there = `${algorithm} works on at most ${counted(mostRows, 'instance')}; there are ${counted(X.rows, 'instance')}`;
    throw new UserError(there, { hint });
  }
  const bytes = X.kind === 'dense' ? X.values.byteLength : X.values.byteLength + X.columnIndex.byteLength;
  const needed = 2 * bytes + cost(X.rows, X.columns, components ?? usualComponents, params).bytes;
  if (needed <= maxMemory) return;
  throw new UserError(
    `${algorithm} on ${counted(X.rows, 'instance')} x ${counted(X.columns, 'feature')} needs about ${formatBytes(needed)} of memory; ${formatBytes(maxMemory)} are at hand`,
    { hint: `${hint}, or raise --max-memory` },
  );
}
