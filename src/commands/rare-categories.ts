import { datasetOptions, defineCommand, experimentOptions } from './command.js';
import { screenOptions } from './loop/label-in-terminal.js';
import { runLabelling } from './loop/labelling-loop.js';
import { labellingOptions } from './options/labelling-options.js';

export const rareCategoriesCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: { ...datasetOptions, ...labellingOptions, ...screenOptions, ...experimentOptions },
  examples: `Examples:
  secuml rare-categories SpamHam spamassassin
  secuml rare-categories SpamHam spamassassin --init-labels none --author alice
  secuml rare-categories SpamHam spamassassin --auto --budget 300
  secuml rare-categories --resume latest`,
  run: (invocation) => runLabelling('rare-categories', invocation),
});
