import { UserError } from '../errors.js';
import type { ExperimentContext } from '../experiments/experiment.js';
import { labelsAfter } from '../experiments/labelling/known-labels.js';
import { type LoopOutcome, loopOutcome } from '../experiments/labelling/loop-outcome.js';
import { foldLoop } from '../experiments/labelling/loop-state.js';
import type { LoopParts } from './loop-parts.js';
import type { LoopSnapshot } from './loop-snapshot.js';

/**
 * The model of an iteration that is past, trained anew on the answers that were known when it began: the same answers
 * and seed give the same model, so that none of them needs to be kept. Validated as that of the whole loop is. Throws
 * UserError for an iteration that the loop does not have, or not yet.
 */
export async function pastIteration(
  { stored, data, settings }: LoopParts,
  { events }: LoopSnapshot,
  iteration: number,
  context: ExperimentContext,
): Promise<LoopOutcome> {
  const log = await stored.events();
  const end = log.findIndex((event) => event.type === 'asked' && event.iteration === iteration);
  const state = foldLoop(log.slice(0, end + 1));
  if (end === -1 || state === null) {
    throw new UserError(`the loop has no iteration ${iteration}, or it is still computed`);
  }
  return loopOutcome({ ...data, state, labels: labelsAfter(events, state.labels) }, settings, context);
}
