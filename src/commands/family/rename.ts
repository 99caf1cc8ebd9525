import { familyOperation } from '../../workspace/labels/editing/set-operations.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from '../labels/label-operation.js';
import { labelSetOptions, labelSetTarget } from '../labels/label-set-target.js';
import { chooseFamilies, familyOptions } from './choose-family.js';
import { familyName } from './family-name.js';

export const renameCommand = defineCommand({
  arguments: '[project] [dataset] [family] [name]',
  options: { ...labelSetOptions, ...familyOptions, ...operationOptions },
  examples: `Examples:
  secuml family rename SpamHam spamassassin worm zbot
  secuml family rename SpamHam spamassassin --unnamed --label malicious unsorted
  secuml family rename SpamHam spamassassin worm zbot --label-set mine --yes
A name that another family has is refused: that would be a merge. secuml labels undo takes it back.`,
  async run(invocation) {
    const { options, args } = invocation;
    const named = options.unnamed ? 1 : 2;
    const usage = `family rename PROJECT DATASET ${options.unnamed ? '--unnamed' : 'FAMILY'} NAME`;
    const { set, rest } = labelSetTarget(options, args, { fewest: named, most: named, usage });
    const [from, to] = options.unnamed ? [null, rest[0]] : rest;
    return runLabelOperation(invocation, {
      set,
      prepare: async (_configuration, labels) => {
        const [family] = await chooseFamilies(labels, set, [from], options.label);
        return familyOperation({ operation: 'rename', from: family, to: familyName(to as string) });
      },
    });
  },
});
