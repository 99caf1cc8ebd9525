import { readLabelFile } from '../../workspace/labels/editing/import-labels.js';
import { importOperation } from '../../workspace/labels/editing/set-operations.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from './label-operation.js';
import { labelSetOptions, labelSetTarget } from './label-set-target.js';
import { flag } from '../options/options.js';

export const importLabelsCommand = defineCommand({
  arguments: '[project] [dataset] [file]',
  options: {
    ...labelSetOptions,
    keep: flag('--keep', 'instances that have a label keep it'),
    replace: flag('--replace', 'instances that the file gives no label lose theirs'),
    ...operationOptions,
  },
  examples: `Examples:
  secuml labels import SpamHam spamassassin answers.csv
  secuml labels import SpamHam spamassassin answers.csv --label-set mine --author ann --yes
  secuml labels import SpamHam spamassassin answers.csv --dry-run
The file is a CSV with the columns instance_id, label and, if wanted, family; a line without a label says nothing.
Only what differs is written, as one operation that secuml labels undo takes back.`,
  async run(invocation) {
    const { options, args } = invocation;
    const usage = 'labels import PROJECT DATASET FILE [--label-set NAME]';
    const { set, rest } = labelSetTarget(options, args, { fewest: 1, most: 1, usage });
    return runLabelOperation(invocation, {
      set,
      createsSet: true,
      prepare: async ({ inputDir }) => {
        const file = await readLabelFile({ ...set, inputDir }, rest[0]);
        return importOperation(file, { keep: options.keep ?? false, replace: options.replace ?? false });
      },
    });
  },
});
