import { counted, printable } from '../../errors.js';
import { resolveConfiguration } from '../../workspace/configuration.js';
import { labelCsv } from '../../workspace/labels/label-csv.js';
import { LabelReader } from '../../workspace/labels/label-reader.js';
import { writeOutputFile } from '../../workspace/output-file.js';
import { defineCommand } from '../command.js';
import { labelSetOptions, labelSetTarget } from './label-set-target.js';
import { text } from '../options/options.js';

export const exportLabelsCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    ...labelSetOptions,
    output: text('--output <file>', 'where to write it; - for stdout, the default'),
  },
  examples: `Examples:
  secuml labels export SpamHam spamassassin
  secuml labels export SpamHam spamassassin --output input_data/SpamHam/spamassassin/labels/mine.csv
  secuml labels export SpamHam spamassassin --label-set mine | head
The CSV (instance_id, label, family) is a labels file of the dataset: in its folder labels/ it is read with --labels FILE.
Its cells are data to be read back as they are; one that begins with = is a formula to a spreadsheet.`,
  async run({ args, options, streams, environment }) {
    const usage = 'labels export PROJECT DATASET [--label-set NAME]';
    const { set } = labelSetTarget(options, args, { fewest: 0, most: 0, usage });
    const configuration = await resolveConfiguration(options, environment);
    const { current, warnings } = await new LabelReader(configuration.outputDir).read(set);
    if (!options.quiet) for (const warning of warnings) streams.stderr.write(`note: ${warning}\n`);
    const { output = '-' } = options;
    if (options.json) {
      const labels = [...current].map(([instanceId, { label, family }]) => ({
        instance_id: instanceId,
        label,
        family,
      }));
      streams.stdout.write(`${JSON.stringify({ ...set, labels })}\n`);
      return 0;
    }
    if (output === '-') {
      for (const piece of labelCsv(current)) {
        if (!streams.stdout.write(piece)) await new Promise((resolve) => streams.stdout.once('drain', resolve));
      }
      return 0;
    }
    await writeOutputFile(output, labelCsv(current));
    if (!options.quiet) streams.stderr.write(`saved: ${printable(output)} (${counted(current.size, 'label')})\n`);
    return 0;
  },
});
