import { printable, UserError } from '../errors.js';
import { throwIfCancelled } from '../ml/fit-context.js';
import { importReport } from '../terminal/import-report.js';
import { progressReporter } from '../terminal/progress.js';
import { styleFor } from '../terminal/style.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { importDataset } from '../workspace/import/import-dataset.js';
import { defineCommand } from './command.js';
import { choice, flag, repeatable, text } from './options/options.js';

const columns = 'column or several, separated by commas';

export const importCommand = defineCommand({
  arguments: '[file] [project] [dataset]',
  options: {
    project: text('--project <name>', 'the project to put the dataset into'),
    dataset: text('--dataset <name>', 'the name of the new dataset'),
    id: text('--id <column>', 'column of distinct ids (instance_id, else the number of the row)'),
    ident: text('--ident <column>', 'column with what people call an instance (the id)'),
    label: text('--label <column>', 'column of the labels'),
    malicious: repeatable('--malicious <value>', 'label that means malicious; all others mean benign'),
    benign: repeatable('--benign <value>', 'label that means benign; with --malicious, all others mean no label'),
    family: text('--family <column>', 'column of the families'),
    timestamp: text('--timestamp <column>', 'column with the time of an instance'),
    dateOrder: choice('--date-order <order>', ['dmy', 'mdy'], 'which of two numbers is the day'),
    group: repeatable('--group <column>', `to group instances by, such as a host: ${columns}`),
    ignore: repeatable('--ignore <column>', `to leave out: ${columns}`),
    oneHot: repeatable('--one-hot <column>', `to make a feature of each value: ${columns}`),
    numeric: repeatable('--numeric <column>', `to take as numbers, whatever it looks like: ${columns}`),
    decimalComma: flag('--decimal-comma', 'numbers are written 1,5'),
    delimiter: choice('--delimiter <name>', ['comma', 'semicolon', 'tab', 'pipe'], 'what separates the columns'),
    replace: flag('--replace', 'a dataset of this name is moved aside'),
  },
  examples: `Examples:
  secuml import export.csv --project Siem --dataset march
  secuml import export.csv Siem march --id event_id --label verdict --malicious "true positive"
  secuml import flows.csv.gz Flows day1 --label Label --benign BENIGN --family Label --group src_ip
  zcat export.csv.gz | secuml import - Siem march --ignore raw_event --one-hot dest_port

The table has a header line. What no option says is guessed, with caution, and told: docs/import.md.`,
  async run({ args, options, streams, environment, signal }) {
    const [file, ...names] = args;
    if (file === undefined) throw new UserError('which file? secuml import FILE.csv --project P --dataset D');
    const project = options.project ?? names.shift();
    const dataset = options.dataset ?? names.shift();
    if (project === undefined || dataset === undefined) {
      throw new UserError('under which name? --project and --dataset are needed', {
        hint: 'for instance: secuml import export.csv --project Siem --dataset march',
      });
    }
    if (names.length > 0) throw new UserError(`unexpected argument "${printable(names[0])}"`);
    const { inputDir } = await resolveConfiguration(options, environment);
    const { delimiter, replace = false } = options;
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    try {
      const document = await importDataset(
        { inputDir, project, dataset, file, columns: options, delimiter, replace },
        { stdin: streams.stdin, poll: () => throwIfCancelled(signal), progress: progress.update },
      );
      progress.end();
      if (options.json) streams.stdout.write(`${JSON.stringify(document)}\n`);
      else streams.stdout.write(importReport(document, styleFor(streams.stdout, environment)));
      if (!options.quiet) streams.stderr.write(nextSteps(document.project, document.dataset, document.labels !== null));
      return 0;
    } finally {
      progress.end();
    }
  },
});

function nextSteps(project: string, dataset: string, labelled: boolean): string {
  const word = (name: string): string =>
    /^[\w.-]+$/.test(name) ? name : `'${printable(name).replaceAll("'", `'\\''`)}'`;
  const named = `--project ${word(project)} --dataset ${word(dataset)}`;
  return `next: secuml ${labelled ? 'classify' : 'check'} ${named}\n`;
}
