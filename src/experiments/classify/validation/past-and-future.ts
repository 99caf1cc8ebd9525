import { splitByTime, type TimeLag, type TimeWindow } from '../../../ml/model-selection/time-window.js';

/** Labelled rows that a round neither trains nor tests on, by why. */
export interface LeftOut {
  readonly gap: number;
  readonly labelDelay: number;
  /** Later rows of a group that the training part knows. */
  readonly group: number;
  /** Before the window of the round or after it. */
  readonly outside: number;
  /** Without a timestamp. */
  readonly timeless: number;
}

export const nothingLeftOut: LeftOut = { gap: 0, labelDelay: 0, group: 0, outside: 0, timeless: 0 };

/** Positions among the rows of the validation: what a model may have learned, and what came after. */
export interface PastAndFuture {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  readonly leftOut: LeftOut;
}

/**
 * A round in time (see `splitByTime`). Rows of a group that the training part knows are not tested on: a group on both
 * sides would be recognised, and what is later than the test cannot be trained on.
 * @param times length m, NaN without a time
 * @param groups length m, -1 for a row that is a group of its own; null where nothing is grouped
 */
export function pastAndFuture(
  times: Float64Array,
  groups: Int32Array | null,
  window: TimeWindow,
  lag: TimeLag,
): PastAndFuture {
  const { train, test, inGap, labelUnknown, outside, timeless } = splitByTime(times, window, lag);
  const known = new Set(groups ? Array.from(train, (position) => groups[position]) : []);
  known.delete(-1);
  const kept = groups ? test.filter((position) => !known.has(groups[position])) : test;
  const leftOut = {
    gap: inGap.length,
    labelDelay: labelUnknown.length,
    group: test.length - kept.length,
    outside: outside.length,
    timeless: timeless.length,
  };
  return { train, test: kept, leftOut };
}
