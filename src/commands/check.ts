import { counted, DataError, describeFault, type Fault, printable } from '../errors.js';
import { formatCount, formatPercent } from '../terminal/number-format.js';
import { type Style, styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { findOddities, type Oddities } from '../workspace/dataset/oddities.js';
import { labelSource } from '../workspace/labels/label-source.js';
import {
  type DatasetReport,
  type LabelCounts,
  type OpenedDataset,
  openDataset,
} from '../workspace/dataset/open-dataset.js';
import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { datasetRequest } from './options/dataset-request.js';

export const checkCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, seed: experimentOptions.seed, cacheLimit: experimentOptions.cacheLimit },
  examples: `Examples:
  secuml check --project SpamHam --dataset spamassassin
  secuml check SpamHam spamassassin --labels init_labels.csv
  secuml check SpamHam spamassassin --json`,
  async run({ args, options, streams, environment }) {
    const configuration = await resolveConfiguration(options, environment);
    // A check reads the files themselves, whatever the cache knows of them.
    const request = { ...datasetRequest(options, args, configuration), verifyInput: true, countFaults: true };
    const result = await check(() => openDataset(request, labelSource(configuration.outputDir)));
    if (options.json) streams.stdout.write(`${JSON.stringify(asJson(request.project, request.dataset, result))}\n`);
    else {
      const name = `${printable(request.project)}/${printable(request.dataset)}`;
      streams.stdout.write(describeCheck(name, result, styleFor(streams.stdout, environment)));
    }
    return result.faults.length === 0 ? 0 : 1;
  },
});

/** What a check found: the dataset where it could be read, else its faults. */
type Checked =
  | { readonly faults: readonly Fault[]; readonly total: number; readonly hint?: string; readonly opened?: undefined }
  | { readonly faults: readonly []; readonly total: 0; readonly opened: OpenedDataset; readonly oddities: Oddities };

async function check(open: () => Promise<OpenedDataset>): Promise<Checked> {
  try {
    const opened = await open();
    return { faults: [], total: 0, opened, oddities: findOddities(opened.dataset) };
  } catch (error) {
    if (error instanceof DataError) {
      return { faults: error.faults, total: error.total ?? error.faults.length, hint: error.hint };
    }
    throw error;
  }
}

function asJson(project: string, dataset: string, result: Checked): object {
  const { faults, total, opened } = result;
  const headline = {
    faults: total,
    instances: opened?.report.rows ?? null,
    features: opened?.report.columns ?? null,
  };
  const hint = opened ? undefined : result.hint;
  const found = opened ? { report: opened.report, hash: opened.dataset.hash, oddities: result.oddities } : {};
  return { schema: 'secuml-check', version: 1, kind: 'check', project, dataset, headline, faults, hint, ...found };
}

function describeCheck(name: string, result: Checked, style: Style): string {
  if (!result.opened) {
    const lines = result.faults.map((fault) => `  ${describeFault(fault)}`);
    const count = counted(result.total, 'fault');
    const hint = result.hint === undefined ? '' : `${style.quiet(result.hint)}\n`;
    return `${style.title(name)}: ${style.malicious(count)}\n${lines.join('\n')}\n${hint}`;
  }
  const { report } = result.opened;
  const rows = [...describeReport(report), ...describeOddities(result.oddities, report)];
  const table = formatTable(rows, { align: ['left', 'left'], width: style.tableWidth });
  const notes = [...report.notes, ...report.cacheNotes]
    .map((note) => `  ${style.uncertain('note:')} ${printable(note, 1000)}\n`)
    .join('');
  return `${style.title(name)}: ${style.benign('no faults')}\n${table}\n${notes}`;
}

function describeReport(report: DatasetReport): string[][] {
  const density = `${formatPercent(report.density)} of the cells are not 0, kept ${report.representation}`;
  const rows = [
    ['instances', formatCount(report.rows)],
    ['features', `${formatCount(report.columns)} (${density})`],
    ['missing cells', describeMissing(report)],
    ['labels', describeLabels(report.labels)],
  ];
  if (report.truth) rows.push(['ground truth', describeLabels(report.truth)]);
  if (report.timestamps) {
    const { first, last, missing } = report.timestamps;
    rows.push(['timestamps', `${first ?? 'none'} to ${last ?? 'none'}, ${formatCount(missing)} empty`]);
  }
  return rows;
}

function describeMissing({ missingCells, missingByColumn }: DatasetReport): string {
  if (missingCells === 0) return 'none';
  const worst = [...missingByColumn].sort((a, b) => b.count - a.count).slice(0, 3);
  const named = worst.map(({ feature, count }) => `${printable(feature, 40)} ${formatCount(count)}`).join(', ');
  return `${formatCount(missingCells)} in ${counted(missingByColumn.length, 'feature')}: ${named}`;
}

function describeLabels(labels: LabelCounts | undefined): string {
  if (!labels) return 'none';
  const { malicious, benign, unlabelled, families, source } = labels;
  return (
    `${formatCount(malicious)} malicious (${counted(families.malicious, 'family', 'families')}), ` +
    `${formatCount(benign)} benign (${counted(families.benign, 'family', 'families')}), ` +
    `${formatCount(unlabelled)} without (${printable(source, 60)})`
  );
}

function describeOddities(
  { constantFeatures, repeatedRows, contradictoryRows }: Oddities,
  report: DatasetReport,
): string[][] {
  const named = constantFeatures
    .slice(0, 5)
    .map((name) => printable(name, 40))
    .join(', ');
  const constant = constantFeatures.length === 0 ? 'none' : `${formatCount(constantFeatures.length)}: ${named}`;
  const rows = [
    ['constant features', constant],
    [
      'repeated rows',
      `${formatCount(repeatedRows)} of ${formatCount(report.rows)} have the features of an earlier one`,
    ],
  ];
  if (contradictoryRows > 0) {
    rows.push([
      'contradictions',
      `${formatCount(contradictoryRows)} of these have the other label: no model gets all of them right`,
    ]);
  }
  return rows;
}
