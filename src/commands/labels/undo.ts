import { undoOperation } from '../../workspace/labels/editing/set-operations.js';
import { LabelHistory } from '../../workspace/labels/editing/label-history.js';
import { planUndo } from '../../workspace/labels/editing/plan-undo.js';
import { defineCommand } from '../command.js';
import { operationOptions, runLabelOperation } from './label-operation.js';
import { labelSetOptions, labelSetTarget } from './label-set-target.js';
import { number } from '../options/options.js';

export const undoCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    ...labelSetOptions,
    number: number('--number <n>', 'what event n of the log belongs to, be it a single answer', {
      min: 1,
      integer: true,
    }),
    ...operationOptions,
  },
  examples: `Examples:
  secuml labels undo SpamHam spamassassin
  secuml labels undo SpamHam spamassassin --label-set mine --yes
  secuml labels undo SpamHam spamassassin --number 17
Takes back the last import, rename, merge, split or swap that still holds; again: the one before it. Instances that were
answered since keep their newer answer. Nothing is deleted from the log: the undo is written behind it.`,
  async run(invocation) {
    const { options, args } = invocation;
    const usage = 'labels undo PROJECT DATASET [--label-set NAME]';
    const { set } = labelSetTarget(options, args, { fewest: 0, most: 0, usage });
    return runLabelOperation(invocation, {
      set,
      // Another operation may come between the question and the answer: the one that was told is meant.
      prepare: async (_configuration, labels) => {
        const { of } = planUndo(new LabelHistory((await labels.read(set)).events), options.number);
        return undoOperation(of.first);
      },
    });
  },
});
