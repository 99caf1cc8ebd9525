import { UserError } from '../errors.js';
import { groupings, type StatsSettings, statsForDocument } from '../experiments/stats/settings.js';
import { canProduceStatistic, stats } from '../experiments/stats/stats.js';
import { type ScoreName, scoreNames } from '../ml/statistics/describe-column.js';
import { statisticsReport } from '../terminal/statistics-report.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { openDataset } from '../workspace/dataset/open-dataset.js';
import { parseAssertions } from './options/assertions.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { saveAndReport } from './experiment/save-and-report.js';
import { choice, list, number, type OptionsOf, repeatable, text } from './options/options.js';

const statsOptions = {
  by: choice('--by <what>', groupings, 'draw and score features by label, or by family'),
  scores: list('--scores <name>', `only these scores, or none: ${scoreNames.join(', ')}`),
  bins: number('--bins <n>', 'histograms of n bins of equal width (chosen by the data)', {
    min: 1,
    max: 500,
    integer: true,
  }),
  compareDataset: text('--compare-dataset <name>', 'how each feature differs in another dataset of the project'),
  assert: repeatable('--assert <expression>', "fail unless it holds, such as 'drift.max <= 0.25'"),
};

export const statsCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, ...statsOptions, ...experimentOptions },
  examples: `Examples:
  secuml stats --project SpamHam --dataset spamassassin
  secuml stats --project SpamHam --dataset spamassassin --by family
  secuml stats --project NSLKDD --dataset train20 --compare-dataset test --assert 'drift.max <= 0.25'
  secuml stats --project NSLKDD --dataset train20 --scores roc-auc,ks --bins 20`,

  async run(invocation) {
    const { args, options, environment } = invocation;
    const configuration = await resolveConfiguration(options, environment);
    const request = datasetRequest(options, args, configuration);
    const settings = statsSettings(options);
    const { compareDataset } = settings;
    if (compareDataset === request.dataset) {
      throw new UserError(`--compare-dataset ${compareDataset} is the dataset itself`);
    }
    const assertions = parseAssertions(options.assert ?? [], (name) =>
      canProduceStatistic(name, settings) ? name : null,
    );
    return saveAndReport(
      {
        kind: 'stats',
        configuration,
        request,
        assertions,
        prepare: async ({ dataset }) => {
          const other =
            compareDataset === undefined
              ? null
              : await openDataset({ ...request, dataset: compareDataset, labels: undefined, sample: undefined });
          return {
            settings: statsForDocument(settings, configuration.seed),
            notes: other?.report.cacheNotes,
            compute: (context) => stats(dataset, other?.dataset ?? null, settings, context),
          };
        },
        report: (document, { panels }, style) => statisticsReport(document, panels, style),
      },
      invocation,
    );
  },
});

function statsSettings({ by = 'label', scores, bins, compareDataset }: OptionsOf<typeof statsOptions>): StatsSettings {
  return { by, scores: scores ? parseScores(scores) : scoreNames, bins, compareDataset };
}

/** In the order of the list of scores, each once. */
function parseScores(names: readonly string[]): ScoreName[] {
  if (names.length === 1 && names[0] === 'none') return [];
  const unknown = names.find((name) => !(scoreNames as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UserError(`--scores: there is no score "${unknown}"`, { hint: `choose from: ${scoreNames.join(', ')}` });
  }
  return scoreNames.filter((name) => names.includes(name));
}
