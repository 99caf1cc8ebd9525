import { join } from 'node:path';
import { UserError } from '../errors.js';
import { classify } from '../experiments/classify/classify.js';
import { canonicalName, canProduce } from '../experiments/classify/headline.js';
import { type ClassifySettings, settingsForDocument } from '../experiments/classify/settings.js';
import type { Dataset, StreamedDataset } from '../ml/matrix/dataset.js';
import { classificationReport } from '../terminal/classification-report.js';
import { progressReporter } from '../terminal/progress.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { labelSource } from '../workspace/labels/label-source.js';
import { type DatasetRequest, openDataset } from '../workspace/dataset/open-dataset.js';
import { openStream } from '../workspace/dataset/open-stream.js';
import { readTestIds } from '../workspace/dataset/test-ids.js';
import { Stopwatch } from '../workspace/experiment/run-record.js';
import { openWorkspace } from '../workspace/workspace.js';
import { parseAssertions } from './options/assertions.js';
import { classifyOptions, classifySettings } from './options/classify-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { withinMemory } from './experiment/memory-limit.js';
import { reportResult } from './experiment/report-result.js';
import { runExperiment } from './experiment/run-experiment.js';

export const classifyCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, ...classifyOptions, ...experimentOptions },
  examples: `Examples:
  secuml classify --project SpamHam --dataset spamassassin
  secuml classify --project SpamHam --dataset spamassassin --model random-forest --validation cv
  secuml classify --project SpamHam --dataset spamassassin --param C=0.01,0.1,1 --param penalty=l1
  secuml classify --project SpamHam --dataset spamassassin --multiclass --json > result.json
  secuml classify --project SpamHam --dataset spamassassin --assert 'test.rocAuc >= 0.97'`,

  async run({ args, options, streams, environment, signal, commandLine }) {
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const folder = join(request.inputDir, request.project, request.dataset);
    if (options.testIds !== undefined && options.sample !== undefined) {
      throw new UserError('--test-ids and --sample exclude each other: a sample leaves out rows that the file names', {
        hint: 'leave --sample out, or let --validation random choose the test rows of the sample',
      });
    }
    const testIds = options.testIds === undefined ? null : await readTestIds(options.testIds, folder);
    const asked = classifySettings(options, testIds);
    const assertions = parseAssertions(options.assert ?? [], (name) =>
      canProduce(name, asked) ? canonicalName(name) : null,
    );

    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    const workspace = await openWorkspace(configuration);
    try {
      progress.note(`database: ${workspace.storeName}`);
      progress.update(0, 1, 'reading the dataset');
      const stopwatch = new Stopwatch('reading');
      const groupColumn = groupColumnOf(asked);
      const opened = await openDataset({ ...request, groupColumn }, labelSource(configuration.outputDir));
      const others = await openValidationDatasets(asked, request);
      const validationDatasets = others.map(({ dataset }) => dataset);
      const settings = withinMemory(asked, opened.dataset, configuration.maxMemory);
      const { outcome, document, directory } = await runExperiment(
        workspace,
        configuration,
        {
          kind: 'classify',
          name: options.name,
          settings: settingsForDocument(settings, configuration.seed),
          opened,
          commandLine,
          stopwatch,
          notes: others.flatMap(({ cacheNotes }) => cacheNotes),
          compute: async (context) => {
            const found = await classify(opened.dataset, validationDatasets, settings, context);
            return { ...found, warnings: [...notesOf(others), ...found.warnings] };
          },
        },
        progress,
        signal,
      );
      progress.end();
      return reportResult(
        { document, directory, figures: outcome.figures },
        { assertions, report: (style) => classificationReport(document, outcome.panels, style) },
        { streams, environment, json: options.json, quiet: options.quiet },
      );
    } finally {
      progress.end();
      await workspace.close();
    }
  },
});

interface ValidationDataset {
  readonly dataset: Dataset | StreamedDataset;
  readonly notes: readonly string[];
  readonly cacheNotes: readonly string[];
}

/** What was met on reading validation datasets, each note with its dataset. */
const notesOf = (others: readonly ValidationDataset[]): string[] =>
  others.flatMap(({ dataset, notes }) => notes.map((note) => `validation dataset ${dataset.name}: ${note}`));

function groupColumnOf({ validation }: ClassifySettings): string | undefined {
  return 'groupBy' in validation ? validation.groupBy : undefined;
}

async function openValidationDatasets(
  { validation }: ClassifySettings,
  request: DatasetRequest,
): Promise<ValidationDataset[]> {
  if (validation.mode !== 'datasets') return [];
  const opened: ValidationDataset[] = [];
  for (const dataset of validation.datasets) {
    if (dataset === request.dataset) {
      throw new UserError(`--validation-dataset ${dataset} is the dataset the model learns from`, {
        hint: 'to hold out a part of it: --validation random or cv',
      });
    }
    // Judged by its true labels and on all its rows, whatever was asked of the dataset to learn from.
    const all = { ...request, dataset, labels: undefined, sample: undefined };
    if (validation.streamBatch !== undefined) {
      opened.push({ ...(await openStream(all, validation.streamBatch)), cacheNotes: [] });
      continue;
    }
    const { dataset: whole, report } = await openDataset(all);
    opened.push({ dataset: whole, notes: report.notes, cacheNotes: report.cacheNotes });
  }
  return opened;
}
