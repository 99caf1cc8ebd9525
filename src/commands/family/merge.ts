import { UserError } from '../../errors.js';
import { familyOperation } from '../../workspace/labels/editing/set-operations.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from '../labels/label-operation.js';
import { labelSetOptions, labelSetTarget } from '../labels/label-set-target.js';
import { text } from '../options/options.js';
import { chooseFamilies, familyOptions } from './choose-family.js';
import { familyName } from './family-name.js';

export const mergeCommand = defineCommand({
  arguments: '[project] [dataset] [families...]',
  options: {
    ...labelSetOptions,
    into: text('--into <name>', 'the name of the one family: a new one, or that of a family there is'),
    ...familyOptions,
    ...operationOptions,
  },
  examples: `Examples:
  secuml family merge SpamHam spamassassin phishing lottery --into fraud
  secuml family merge SpamHam spamassassin zbot-a zbot-b --into zbot --yes
The families must be of one label (secuml family swap changes it). secuml labels undo takes it back.`,
  async run(invocation) {
    const { options, args } = invocation;
    const usage = 'family merge PROJECT DATASET FAMILY… --into NAME';
    const fewest = options.unnamed ? 0 : 1;
    const { set, rest } = labelSetTarget(options, args, { fewest, most: Infinity, usage });
    const { into } = options;
    if (into === undefined) throw new UserError('into which family?', { hint: `secuml ${usage}` });
    const names = options.unnamed ? [...rest, null] : rest;
    return runLabelOperation(invocation, {
      set,
      prepare: async (_configuration, labels) => {
        const from = await chooseFamilies(labels, set, names, options.label);
        return familyOperation({ operation: 'merge', from, to: familyName(into) });
      },
    });
  },
});
