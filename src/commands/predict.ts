import { counted, printable, UserError } from '../errors.js';
import { modelOfResult } from '../experiments/instance/model-of-result.js';
import { listed, matchFeatures } from '../experiments/predict/match-features.js';
import { type PredictCounts, predict } from '../experiments/predict/predict.js';
import { datasetPart } from '../schema/vocabulary.js';
import { formatBytes, formatCount } from '../terminal/number-format.js';
import { writePieces } from '../terminal/write-pieces.js';
import { type Configuration, resolveConfiguration } from '../workspace/configuration.js';
import { writeOutputFile } from '../workspace/output-file.js';
import { type FoundModel, findModel, readModelAt } from '../workspace/predict/find-model.js';
import { type OpenedRows, openDatasetRows, openFileRows, openTableRows } from '../workspace/predict/open-rows.js';
import { csvLines, jsonLines } from '../workspace/predict/prediction-lines.js';
import { datasetOptions, defineCommand, type Streams } from './command.js';
import { datasetRequest } from './options/dataset-request.js';
import { flag, number, type OptionsOf, text } from './options/options.js';

const { project, dataset, features } = datasetOptions;
const predictOptions = {
  experiment: text('--experiment <id>', 'the experiment whose model is applied: an id, a name, or latest'),
  modelFile: text('--model-file <file>', 'a model.json, in place of an experiment'),
  project,
  dataset,
  features,
  id: text('--id <column>', 'the input is a table as secuml import reads it: its column of distinct ids'),
  ident: text('--ident <column>', 'the same: its column with what people call an instance'),
  decimalComma: flag('--decimal-comma', 'of a table: numbers are written 1,5'),
  alertsOnly: flag('--alerts-only', 'only what is called malicious'),
  top: number('--top <n>', 'only the n highest, the highest first, with their ranks', { min: 1, integer: true }),
  threshold: number('--threshold <value>', "malicious iff the value is greater (the experiment's; else 0.5, or 0)"),
  output: text('--output <file>', 'where to write; - for stdout, the default'),
} as const;

type PredictOptions = OptionsOf<typeof predictOptions>;

export const predictCommand = defineCommand({
  arguments: '[input...]',
  options: predictOptions,
  examples: `Examples:
  secuml predict --experiment latest --project SpamHam --dataset spamassassin
  secuml predict --experiment latest new.csv --alerts-only
  zcat flows.csv.gz | secuml predict - --model-file model.json --top 100 > worst.csv
  secuml predict --experiment latest export.csv --id event_id --ident host --alerts-only > alerts.csv
  secuml predict SpamHam spamassassin --experiment 20260102-0304 --json | head

The input is a dataset (PROJECT DATASET), a CSV of features (instance_id and one column a feature), or - for standard
input. With --id or --ident it is a table such as secuml import took, texts, dates and all: a nightly export goes
straight through. Features are matched by name. CSV has the columns of predictions.csv; --json writes one object a line.`,
  async run({ args, options, streams, environment, signal }) {
    const configuration = await resolveConfiguration(options, environment);
    const found = await modelFor(options, configuration);
    const model = modelOfResult(found.json, found.path);
    const rows = await openInput(args, options, configuration, streams, model.featureNames);
    try {
      const note = (line: string): void => void (options.quiet || streams.stderr.write(`${line}\n`));
      const { columns, extra } = matchFeatures(model.featureNames, rows.featureNames, rows.shown);
      note(`model: ${model.model} of ${printable(found.path)}`);
      if (extra.length > 0) {
        note(`${counted(extra.length, 'feature')} that the model does not know: ${listed(extra)}`);
      }
      const counts: PredictCounts = { instances: 0, alerts: 0, scale: null, threshold: null };
      const settings = {
        columns,
        threshold: options.threshold ?? thresholdOf(found),
        alertsOnly: options.alertsOnly ?? false,
        top: options.top ?? null,
      };
      const predicted = predict(model, rows.batches(), settings, counts, signal);
      const part = rows.dataset === null ? '' : datasetPart(rows.dataset);
      const saved = await write(options.json ? jsonLines(predicted) : csvLines(predicted, part), options, streams);
      // A reader that went away wanted no more than it got, and no account of it.
      if (saved === null) return 0;
      if (counts.instances === 0) throw new UserError(`${printable(rows.shown)} has no instances`);
      note(summary(counts, rows));
      if (saved !== '') note(saved);
      return 0;
    } finally {
      await rows.close();
    }
  },
});

function modelFor(options: PredictOptions, { outputDir }: Configuration): Promise<FoundModel> {
  const { experiment, modelFile } = options;
  if (experiment !== undefined && modelFile !== undefined) {
    throw new UserError('--experiment and --model-file exclude each other: one model is applied');
  }
  if (modelFile !== undefined) return readModelAt(modelFile);
  if (experiment !== undefined) return findModel(outputDir, experiment);
  throw new UserError('which model? --experiment ID or --model-file FILE is needed', {
    hint: '--experiment latest is the last model that was trained; secuml list shows them all',
  });
}

/** A dataset where two names are given, else the file or - that the argument or --features names. */
function openInput(
  args: readonly string[],
  options: PredictOptions,
  configuration: Configuration,
  { stdin }: Streams,
  wanted: readonly string[],
): Promise<OpenedRows> {
  const { id, ident, decimalComma } = options;
  const namesColumns = id !== undefined || ident !== undefined;
  const named = options.project !== undefined || options.dataset !== undefined || args.length > 1;
  if (named && namesColumns) {
    throw new UserError('--id and --ident name columns of a table: a dataset has ids and names of its own');
  }
  if (named) return openDatasetRows(datasetRequest(options, args, configuration));
  const files = [...args, ...(options.features ?? [])];
  if (files.length === 1)
    return namesColumns || /\.arff(\.gz)?$/i.test(files[0])
      ? openTableRows(files[0], stdin, wanted, { id, ident, decimalComma })
      : openFileRows(files[0], stdin);
  throw new UserError(
    files.length === 0 ? 'which instances? a dataset or a file is needed' : 'one file of features is read at a time',
    { hint: 'for instance: secuml predict SpamHam spamassassin, or new.csv, or - for standard input' },
  );
}

/** The threshold that the experiment was judged at. */
function thresholdOf({ document }: FoundModel): number | null {
  const threshold = document?.settings.detectionThreshold;
  return typeof threshold === 'number' ? threshold : null;
}

/** Where the rows went to, in words; nothing for stdout, null where its reader went away. */
async function write(
  pieces: AsyncGenerator<string>,
  { output = '-' }: PredictOptions,
  { stdout }: Streams,
): Promise<string | null> {
  if (output === '-') return (await writePieces(stdout, pieces)) ? '' : null;
  return `saved: ${printable(output)} (${formatBytes(await writeOutputFile(output, pieces))})`;
}

function summary({ instances, alerts, scale, threshold }: PredictCounts, { shown }: OpenedRows): string {
  const called = `${formatCount(alerts)} called malicious (${scale} > ${threshold})`;
  return `${printable(shown)}: ${counted(instances, 'instance')}, ${called}`;
}
