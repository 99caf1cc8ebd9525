import { nearest, printable, UserError } from '../../errors.js';
import { formatCount } from '../../terminal/number-format.js';
import { type Style, styleFor } from '../../terminal/style.js';
import { formatTable } from '../../terminal/table.js';
import { resolveConfiguration } from '../../workspace/configuration.js';
import { findDatasets } from '../../workspace/dataset/found-datasets.js';
import { LabelReader } from '../../workspace/labels/label-reader.js';
import { type LabelSetSummary, summariseLabelSet } from '../../workspace/labels/label-set-summary.js';
import { scanResults } from '../../workspace/scan.js';
import { defineCommand } from '../command.js';
import { text } from '../options/options.js';

export const listLabelsCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    project: text('--project <name>', 'only label sets of this project'),
    dataset: text('--dataset <name>', 'only label sets of this dataset'),
  },
  examples: `Examples:
  secuml labels list
  secuml labels list SpamHam spamassassin --json
A label set is what people answered about the instances of a dataset; use one with: secuml classify --labels set:NAME`,
  async run({ args, options, streams, environment }) {
    const positional = [...args];
    const project = options.project ?? positional.shift();
    const dataset = options.dataset ?? positional.shift();
    if (positional.length > 0) throw new UserError(`unexpected argument "${printable(positional[0])}"`);
    const { inputDir, outputDir } = await resolveConfiguration(options, environment);
    const found = (await scanResults(outputDir)).flatMap(({ labelSets }) => labelSets);
    const isMeant = (of: { project: string; dataset: string }): boolean =>
      (project === undefined || of.project === project) && (dataset === undefined || of.dataset === dataset);
    const wanted = found.filter(isMeant);
    if (wanted.length === 0 && project !== undefined) {
      const known = [...found.map((set) => `${set.project}/${set.dataset}`), ...(await findDatasets(inputDir))];
      refuseUnknown(known, project, dataset);
    }
    const reader = new LabelReader(outputDir);
    const summaries: LabelSetSummary[] = [];
    for (const set of wanted) summaries.push(summariseLabelSet(set, await reader.read(set)));
    if (options.json) streams.stdout.write(`${JSON.stringify(summaries)}\n`);
    else streams.stdout.write(describe(summaries, styleFor(streams.stdout, environment)));
    return 0;
  },
});

/** A slip of the pen looks like no labels. */
function refuseUnknown(known: readonly string[], project: string, dataset: string | undefined): void {
  const names = [...new Set(dataset === undefined ? known.map((path) => path.split('/')[0]) : known)].sort();
  const name = dataset === undefined ? project : `${project}/${dataset}`;
  if (names.includes(name)) return;
  throw new UserError(
    `there is no ${dataset === undefined ? 'project' : 'dataset'} "${printable(name)}"${printable(nearest(name, names))}`,
    {
      hint: `known: ${names.map((each) => printable(each, 60)).join(', ') || 'none'}`,
    },
  );
}

function describe(summaries: readonly LabelSetSummary[], style: Style): string {
  if (summaries.length === 0) return 'no label sets yet: secuml labels import, or label on the pages of secuml serve\n';
  const rows = summaries.map(({ project, dataset, set, labels, malicious, benign, families, last }) => [
    printable(`${project}/${dataset}`, 60),
    style.title(printable(set, 40)),
    formatCount(labels),
    style.malicious(formatCount(malicious)),
    style.benign(formatCount(benign)),
    formatCount(families),
    last === null ? '' : last.at.replace('T', ' ').slice(0, 16),
    last?.author == null ? '' : printable(last.author, 30),
  ]);
  const head = ['dataset', 'label set', 'labels', 'malicious', 'benign', 'families', 'last change (UTC)', 'by'];
  const align = head.map((_, k) => (k >= 2 && k <= 5 ? ('right' as const) : ('left' as const)));
  return `${formatTable(rows, { head, align, indent: 0, width: style.tableWidth })}\n`;
}
