/** A time to train up to and to test from; times are milliseconds. */
export interface TimeWindow {
  /** Nothing before it is trained on; -Infinity for all that is known. */
  readonly trainFrom: number;
  /** Where the tested time begins: nothing from here on is trained on. */
  readonly testFrom: number;
  /** Where the tested time ends, itself excluded; Infinity for no end. */
  readonly testUntil: number;
}

/** What lies between training and test, in milliseconds >= 0; the two add up. */
export interface TimeLag {
  /** From the end of the training to the begin of the test: how long a model waits to be put to work. */
  readonly gap: number;
  /** How long after an instance its label is known: what is younger cannot be learned from. */
  readonly labelDelay: number;
}

/** Row numbers, ascending; every row is in exactly one of the lists. */
export interface TimeSplit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** In the gap before the test. */
  readonly inGap: Uint32Array;
  /** Too young, when the model was trained, for their label to be known. */
  readonly labelUnknown: Uint32Array;
  /** Before the training or after the test. */
  readonly outside: Uint32Array;
  /** Without a time. */
  readonly timeless: Uint32Array;
}

/**
 * Splits n rows by time. A row at t is trained on iff trainFrom <= t < testFrom - gap - labelDelay, and tested on iff
 * testFrom <= t < testUntil: the latest training row is older than the first test row by more than gap + labelDelay, and
 * rows of one time are never on both sides. O(n).
 * @param times length n; NaN for a row without a time
 */
export function splitByTime(times: Float64Array, window: TimeWindow, { gap, labelDelay }: TimeLag): TimeSplit {
  const { trainFrom, testFrom, testUntil } = window;
  const trainUntil = testFrom - gap - labelDelay;
  const sides: number[][] = [[], [], [], [], [], []];
  const [train, test, inGap, labelUnknown, outside, timeless] = sides;
  for (let row = 0; row < times.length; row++) {
    const t = times[row];
    if (Number.isNaN(t)) timeless.push(row);
    else if (t < trainFrom || t >= testUntil) outside.push(row);
    else if (t >= testFrom) test.push(row);
    else if (t < trainUntil) train.push(row);
    else if (t >= testFrom - gap) inGap.push(row);
    else labelUnknown.push(row);
  }
  const [a, b, c, d, e, f] = sides.map((rows) => Uint32Array.from(rows));
  return { train: a, test: b, inGap: c, labelUnknown: d, outside: e, timeless: f };
}

/**
 * Where the latest rows begin, that are `share` of all as nearly as rows of one time allow: the time of the first of
 * them. Null where there are fewer than two distinct times.
 * @param times length n, NaN for a row without a time: it does not count
 * @param share in (0, 1)
 */
export function latestShare(times: Float64Array, share: number): number | null {
  const sorted = times.filter((t) => !Number.isNaN(t)).sort();
  const n = sorted.length;
  if (n === 0 || sorted[0] === sorted[n - 1]) return null;
  const wanted = share * n;
  const middle = Math.min(n - 1, Math.max(1, n - Math.round(wanted)));
  // The two places next to the wanted one where the time changes; place p leaves n - p rows.
  let before = middle;
  while (before > 0 && sorted[before - 1] === sorted[before]) before--;
  let after = middle;
  while (after < n && (after === 0 || sorted[after - 1] === sorted[after])) after++;
  if (before === 0) return sorted[after];
  if (after === n) return sorted[before];
  return Math.abs(n - before - wanted) <= Math.abs(n - after - wanted) ? sorted[before] : sorted[after];
}

/**
 * The begins of `count` spans of one length from the first time to the last, whole milliseconds, ascending; the last
 * span has no end, so that the newest row is in it. Null where all times are the same or there is none.
 */
export function equalSpans(times: Float64Array, count: number): number[] | null {
  let [first, last] = [Infinity, -Infinity];
  for (const t of times) {
    if (t < first) first = t;
    if (t > last) last = t;
  }
  if (!(last > first)) return null;
  return Array.from({ length: count }, (_, k) => Math.ceil(first + ((last - first) * k) / count));
}

/**
 * The begins of `count` spans that hold equally many rows, as nearly as rows of one time allow, ascending. A time that
 * many rows share may make a span empty: it then begins where the next one does. Null where all times are the same.
 */
export function equalCounts(times: Float64Array, count: number): number[] | null {
  const sorted = times.filter((t) => !Number.isNaN(t)).sort();
  const n = sorted.length;
  if (n === 0 || sorted[0] === sorted[n - 1]) return null;
  return Array.from({ length: count }, (_, k) => sorted[Math.floor((n * k) / count)]);
}
