import { canProduceProjectionFigure, projectInstances, refuseProjection } from '../experiments/projection/project.js';
import { projectionForDocument, type ProjectionSettings } from '../experiments/projection/settings.js';
import { projections } from '../ml/projection/registry.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import { projectionReport } from '../terminal/projection-report.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { parseAssertions } from './options/assertions.js';
import { projectionOptions, projectionSettings } from './options/projection-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { refuseBeyond, refuseMemory } from './experiment/memory-limit.js';
import { saveAndReport } from './experiment/save-and-report.js';
import { repeatable } from './options/options.js';

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

  async run(invocation) {
    const { args, options, environment } = invocation;
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const settings = projectionSettings(options);
    const assertions = parseAssertions(options.assert ?? [], (name) =>
      canProduceProjectionFigure(name) ? name : null,
    );
    return saveAndReport(
      {
        kind: 'projection',
        configuration,
        request,
        assertions,
        prepare: ({ dataset }) => {
          refuseTooLarge(settings, dataset, configuration.maxMemory);
          refuseProjection(dataset, settings);
          return {
            settings: projectionForDocument(settings, configuration.seed),
            compute: (context) => projectInstances(dataset, settings, context),
          };
        },
        report: (document, { panels }, style) => projectionReport(document, panels, style),
      },
      invocation,
    );
  },
});

function refuseTooLarge(
  { algorithm, params, components }: ProjectionSettings,
  { X }: Dataset,
  maxMemory: number,
): void {
  const { cost, mostRows, usualComponents } = projections[algorithm];
  const { bytes } = cost(X.rows, X.columns, components ?? usualComponents, params);
  const other = '--algorithm pca';
  refuseBeyond({ name: algorithm, rows: X.rows, mostRows, other });
  refuseMemory({ name: algorithm, X, rows: X.rows, bytes, other }, maxMemory);
}
