import { familyOperation } from '../../workspace/labels/editing/set-operations.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from '../labels/label-operation.js';
import { labelSetOptions, labelSetTarget } from '../labels/label-set-target.js';
import { chooseFamilies, familyOptions } from './choose-family.js';

export const swapCommand = defineCommand({
  arguments: '[project] [dataset] [families...]',
  options: { ...labelSetOptions, ...familyOptions, ...operationOptions },
  examples: `Examples:
  secuml family swap SpamHam spamassassin newsletter
  secuml family swap SpamHam spamassassin newsletter --label malicious --yes
Malicious families become benign ones, benign ones malicious; the names stay. secuml labels undo takes it back.`,
  async run(invocation) {
    const { options, args } = invocation;
    const usage = 'family swap PROJECT DATASET FAMILY…';
    const fewest = options.unnamed ? 0 : 1;
    const { set, rest } = labelSetTarget(options, args, { fewest, most: Infinity, usage });
    const names = options.unnamed ? [...rest, null] : rest;
    return runLabelOperation(invocation, {
      set,
      prepare: async (_configuration, labels) =>
        familyOperation({ operation: 'swap', from: await chooseFamilies(labels, set, names, options.label) }),
    });
  },
});
