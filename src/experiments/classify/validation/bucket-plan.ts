import { UserError } from '../../../errors.js';
import { equalCounts, equalSpans, type TimeWindow } from '../../../ml/model-selection/time-window.js';
import { foldPart } from '../../../schema/vocabulary.js';
import type { Validation } from '../settings.js';
import { canLearn, groupsOf, type LabelledRows, timesOf } from './labelled-rows.js';
import { pastAndFuture } from './past-and-future.js';
import { emptySpan, type SkippedRound, type ValidationPlan, type ValidationRound } from './validation-plan.js';

type InBuckets = Extract<Validation, { mode: 'temporal-cv' | 'sliding-window' }>;

/**
 * Rounds over buckets of time. A round without anything to test on, or with fewer than two classes to train on where
 * the model needs two, is skipped, which is told; throws UserError if all are. The model that is kept learns from all rows
 * with a time (temporal-cv), or from the latest window (sliding-window).
 */
export function planBuckets(of: LabelledRows, validation: InBuckets): ValidationPlan {
  const times = timesOf(of, validation.mode);
  const groups = groupsOf(of, validation.groupBy);
  const begins = bucketBegins(times, validation);
  const rounds: ValidationRound[] = [];
  const skipped: SkippedRound[] = [];
  windowsOf(validation, begins).forEach((window, fold) => {
    const { train, test, leftOut } = pastAndFuture(times, groups, window, validation);
    const tested = { from: window.testFrom, until: window.testUntil };
    const why = whySkipped(of, train, test, leftOut.group);
    if (why !== null) skipped.push({ fold, why, tested });
    else rounds.push({ part: foldPart(fold), fold, train: toRows(of, train), test: toRows(of, test), leftOut, tested });
  });
  if (rounds.length === 0) refuseAll(skipped);
  const from = validation.mode === 'sliding-window' ? begins[validation.buckets - validation.trainBuckets] : -Infinity;
  const final = Uint32Array.from(times.keys()).filter((position) => times[position] >= from);
  if (!canLearn(of, final)) {
    throw new UserError('the latest window has instances of one class only: the model that is kept could not learn', {
      hint: 'take fewer --buckets or more --train-buckets',
    });
  }
  return { rounds, skipped, finalRows: toRows(of, final) };
}

function bucketBegins(times: Float64Array, validation: InBuckets): number[] {
  const count = validation.mode === 'temporal-cv' ? validation.folds + 1 : validation.buckets;
  const begins = validation.bucketBy === 'time' ? equalSpans(times, count) : equalCounts(times, count);
  if (begins === null) {
    throw new UserError('all labelled instances with a timestamp have the same one: there is no earlier and later', {
      hint: 'take --validation cv, which does not go by time',
    });
  }
  return begins;
}

function windowsOf(validation: InBuckets, begins: readonly number[]): TimeWindow[] {
  const begin = (bucket: number): number => (bucket === 0 ? -Infinity : (begins[bucket] ?? Infinity));
  if (validation.mode === 'temporal-cv') {
    return Array.from({ length: validation.folds }, (_, fold) => ({
      trainFrom: -Infinity,
      testFrom: begin(fold + 1),
      testUntil: begin(fold + 2),
    }));
  }
  const { buckets, trainBuckets, testBuckets } = validation;
  return Array.from({ length: buckets - trainBuckets - testBuckets + 1 }, (_, fold) => ({
    trainFrom: begin(fold),
    testFrom: begin(fold + trainBuckets),
    testUntil: begin(fold + trainBuckets + testBuckets),
  }));
}

function whySkipped(of: LabelledRows, train: Uint32Array, test: Uint32Array, ofKnownGroups: number): string | null {
  if (test.length === 0) {
    return ofKnownGroups > 0 ? 'all its instances are of groups that were trained on' : emptySpan;
  }
  if (train.length === 0) return 'there is nothing before it to train on';
  return canLearn(of, train) ? null : 'what is before it has one class only';
}

function refuseAll(skipped: readonly SkippedRound[]): never {
  const reasons = [...new Set(skipped.map(({ why }) => why))].join('; ');
  throw new UserError(`no fold can be trained and tested: ${reasons}`, {
    hint: 'take fewer folds or buckets, --bucket-by instances, or a shorter --gap and --label-delay',
  });
}

function toRows({ rows }: LabelledRows, positions: Uint32Array): Uint32Array {
  return positions.map((position) => rows[position]);
}
