import { counted, UserError } from '../../../errors.js';
import { latestShare } from '../../../ml/model-selection/time-window.js';
import { parts } from '../../../schema/vocabulary.js';
import type { Validation } from '../settings.js';
import { groupsOf, type LabelledRows, timesOf } from './labelled-rows.js';
import { type LeftOut, pastAndFuture } from './past-and-future.js';
import type { ValidationRound } from './validation-plan.js';
import { showTime } from './show-time.js';

type Cut = Extract<Validation, { mode: 'temporal' | 'cutoff' }>;

const timelessModes = 'take --validation random or cv, which do not go by time';

/** Trained on what came before a time, tested on what came from then on. */
export function planCut(of: LabelledRows, validation: Cut): ValidationRound {
  const times = timesOf(of, validation.mode);
  const groups = groupsOf(of, validation.groupBy);
  const testFrom = validation.mode === 'cutoff' ? validation.cutoff : latestBegin(times, validation.testSize);
  const window = { trainFrom: -Infinity, testFrom, testUntil: Infinity };
  const { train, test, leftOut } = pastAndFuture(times, groups, window, validation);
  if (train.length === 0 || test.length === 0) refuse(times, testFrom, train.length === 0, leftOut);
  return {
    part: parts.test,
    fold: -1,
    train: train.map((position) => of.rows[position]),
    test: test.map((position) => of.rows[position]),
    leftOut,
    tested: { from: testFrom, until: Infinity },
  };
}

function latestBegin(times: Float64Array, share: number): number {
  const begin = latestShare(times, share);
  if (begin === null) {
    throw new UserError('all labelled instances with a timestamp have the same one: there is no earlier and later', {
      hint: timelessModes,
    });
  }
  return begin;
}

function refuse(times: Float64Array, testFrom: number, isTrain: boolean, { gap, labelDelay, group }: LeftOut): never {
  const known = times.filter((time) => !Number.isNaN(time)).sort();
  const range = `the labelled instances are from ${showTime(known[0])} to ${showTime(known[known.length - 1])}`;
  if (isTrain) {
    const between = gap + labelDelay;
    const lag = between > 0 ? `; --gap and --label-delay leave out the ${counted(between, 'instance')} before it` : '';
    const later = known[0] === known[known.length - 1] ? timelessModes : 'take a later --cutoff';
    throw new UserError(`nothing to train on before ${showTime(testFrom)}: ${range}${lag}`, {
      hint: between > 0 ? 'take a shorter --gap or --label-delay, or a later cut' : later,
    });
  }
  if (group > 0) {
    throw new UserError(
      `nothing to test on: all ${counted(group, 'instance')} from ${showTime(testFrom)} on are of groups that the training part knows`,
      { hint: '--validation random --group-by COL tests on groups that the model has not seen' },
    );
  }
  throw new UserError(`nothing to test on from ${showTime(testFrom)} on: ${range}`, {
    hint: 'take an earlier --cutoff',
  });
}
