import { join } from 'node:path';
import { UserError } from '../errors.js';
import { classify } from '../experiments/classify/classify.js';
import { canonicalName, canProduce } from '../experiments/classify/headline.js';
import { type ClassifySettings, settingsForDocument } from '../experiments/classify/settings.js';
import type { Dataset, StreamedDataset } from '../ml/matrix/dataset.js';
import { classificationReport } from '../terminal/classification-report.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { type DatasetRequest, openDataset } from '../workspace/dataset/open-dataset.js';
import { openStream } from '../workspace/dataset/open-stream.js';
import { readTestIds } from '../workspace/dataset/test-ids.js';
import { parseAssertions } from './options/assertions.js';
import { classifyOptions, classifySettings } from './options/classify-settings.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { withinMemory } from './experiment/memory-limit.js';
import { saveAndReport } from './experiment/save-and-report.js';

export const classifyCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, ...classifyOptions, ...experimentOptions },
  examples: `Examples:
  secuml classify --project SpamHam --dataset spamassassin
  secuml classify --project SpamHam --dataset spamassassin --model random-forest --validation cv
  secuml classify --project SpamHam --dataset spamassassin --param C=0.01,0.1,1 --param penalty=l1
  secuml classify --project SpamHam --dataset spamassassin --multiclass --json > result.json
  secuml classify --project SpamHam --dataset spamassassin --assert 'test.rocAuc >= 0.97'

What the figures mean, and how to trust them: docs/classification.md.`,

  async run(invocation) {
    const { args, options, environment } = invocation;
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

    return saveAndReport(
      {
        kind: 'classify',
        configuration,
        request: { ...request, groupColumn: groupColumnOf(asked) },
        assertions,
        prepare: async ({ dataset }) => {
          const others = await openValidationDatasets(asked, request);
          const validationDatasets = others.map((other) => other.dataset);
          const settings = withinMemory(asked, dataset, configuration.maxMemory);
          return {
            settings: settingsForDocument(settings, configuration.seed),
            notes: others.flatMap(({ cacheNotes }) => cacheNotes),
            compute: async (context) => {
              const found = await classify(dataset, validationDatasets, settings, context);
              return { ...found, warnings: [...notesOf(others), ...found.warnings] };
            },
          };
        },
        figures: (outcome) => outcome.figures,
        report: (document, { panels }, style) => classificationReport(document, panels, style),
      },
      invocation,
    );
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
