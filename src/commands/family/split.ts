import { UserError } from '../../errors.js';
import { familyOperation } from '../../workspace/labels/editing/set-operations.js';
import { readSplitIds } from '../../workspace/labels/editing/split-ids.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from '../labels/label-operation.js';
import { labelSetOptions, labelSetTarget } from '../labels/label-set-target.js';
import { list, text } from '../options/options.js';
import { chooseFamilies, familyOptions } from './choose-family.js';
import { familyName } from './family-name.js';

export const splitCommand = defineCommand({
  arguments: '[project] [dataset] [family]',
  options: {
    ...labelSetOptions,
    into: text('--into <name>', 'the family they become, or join'),
    ids: list('--ids <id>', 'the instances that leave'),
    idsFile: text('--ids-file <file>', 'the same, one a line, or the first column of a CSV'),
    ...familyOptions,
    ...operationOptions,
  },
  examples: `Examples:
  secuml family split SpamHam spamassassin worm --ids 17,230 --into zbot
  secuml family split SpamHam spamassassin worm --ids-file ids.txt --into zbot --yes
Every instance must be of the family. secuml labels undo takes it back.`,
  async run(invocation) {
    const { options, args } = invocation;
    const usage = 'family split PROJECT DATASET FAMILY --ids ID,… --into NAME';
    const named = options.unnamed ? 0 : 1;
    const { set, rest } = labelSetTarget(options, args, { fewest: named, most: named, usage });
    const { into, ids = [], idsFile } = options;
    if (into === undefined) throw new UserError('into which family?', { hint: `secuml ${usage}` });
    if (ids.length === 0 && idsFile === undefined) {
      throw new UserError('which instances? --ids or --ids-file is needed', { hint: `secuml ${usage}` });
    }
    return runLabelOperation(invocation, {
      set,
      prepare: async (_configuration, labels) => {
        const instances = [...ids, ...(idsFile === undefined ? [] : await readSplitIds(idsFile))];
        const [from] = await chooseFamilies(labels, set, [rest[0] ?? null], options.label);
        return familyOperation({ operation: 'split', from, instances, to: familyName(into) });
      },
    });
  },
});
