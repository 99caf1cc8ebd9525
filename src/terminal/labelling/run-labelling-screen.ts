import { UserError } from '../../errors.js';
import type { LabellingSession } from '../../labelling/labelling-session.js';
import { isUtf8 } from './data-text.js';
import type { LabellingIo, LabellingOutcome, LabellingScreenOptions } from './labelling-io.js';
import { runPlain } from './run-plain.js';
import { runScreen } from './run-screen.js';

/**
 * Lets a person answer the queries of a labelling loop until they leave or the loop is finished: on a screen, or in
 * lines with `plain`, SECUML_PLAIN=1 or TERM=dumb. The session stays open. Whatever ends it, the terminal is given back
 * as it was, and every answer that was acknowledged is on the disk.
 * Throws UserError where there is no terminal and no lines are wished for.
 */
export async function runLabellingScreen(
  session: LabellingSession,
  io: LabellingIo,
  options: LabellingScreenOptions,
): Promise<LabellingOutcome> {
  const unicode = isUtf8(io.environment);
  const wished = options.plain || isSet(io.environment.SECUML_PLAIN);
  if (wished || (io.environment.TERM === 'dumb' && io.input.isTTY))
    return await runPlain(session, io, options, unicode);
  if (!io.input.isTTY || !io.output.isTTY) {
    throw new UserError('labelling asks questions, and there is no terminal', {
      hint: '--plain asks in lines on any stream; --answers FILE, --auto and --no-prompt ask nobody',
    });
  }
  return await runScreen(session, io, options, unicode);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}
