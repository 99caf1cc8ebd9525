import { UserError } from '../errors.js';
import { defineCommand, experimentOptions } from './command.js';
import { screenOptions } from './loop/label-in-terminal.js';
import { resumeLabelling } from './loop/labelling-loop.js';
import { resumeOptions } from './options/labelling-options.js';

export const labelCommand = defineCommand({
  arguments: '<loop>',
  options: { ...resumeOptions, ...screenOptions, ...experimentOptions },
  examples: `Examples:
  secuml label latest
  secuml label 7g4b --author alice
  secuml label latest --budget 3000`,
  async run(invocation) {
    const [id, more] = invocation.args;
    if (more !== undefined) throw new UserError(`unexpected argument "${more}"`);
    return resumeLabelling(id, invocation as Parameters<typeof resumeLabelling>[1]);
  },
});
