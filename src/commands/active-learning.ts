import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { screenOptions } from './loop/label-in-terminal.js';
import { runLabelling } from './loop/labelling-loop.js';
import { labellingOptions } from './options/labelling-options.js';

export const activeLearningCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, ...labellingOptions, ...screenOptions, ...experimentOptions },
  examples: `Examples:
  secuml active-learning SpamHam spamassassin
  secuml active-learning SpamHam spamassassin --init-labels none --author alice
  secuml active-learning SpamHam spamassassin --auto --budget 300
  secuml active-learning --resume latest`,
  run: (invocation) => runLabelling('active-learning', invocation),
});
