import type { LeftOut } from './past-and-future.js';

/** Train on some labelled rows, judge on others. Rows are ascending and disjoint. */
export interface ValidationRound {
  /** The part that the judged rows are called. */
  readonly part: string;
  /** Number of the fold, -1 outside cross-validation. */
  readonly fold: number;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** Together with train and test: every labelled row. */
  readonly leftOut: LeftOut;
  /** The span of time that the test rows are of, milliseconds; absent where time plays no part. */
  readonly tested?: Span;
}

/** From (included) to (excluded); milliseconds since 1970 UTC. `until` may be Infinity. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Why a round is skipped whose span of time holds no row. */
export const emptySpan = 'no instance is of its time';

/** A round that cannot be: nothing to test on, or nothing to learn from. */
export interface SkippedRound {
  readonly fold: number;
  readonly why: string;
  readonly tested: Span;
}

export interface ValidationPlan {
  readonly rounds: readonly ValidationRound[];
  readonly skipped: readonly SkippedRound[];
  /** What the model that is kept learns from; null: it is the model of the only round. */
  readonly finalRows: Uint32Array | null;
}
