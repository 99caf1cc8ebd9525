import type { IterationInput } from '../experiments/labelling/compute-iteration.js';
import type { LabellingSettings } from '../experiments/labelling/settings.js';
import type { QueryGroup } from '../ml/active-learning/strategy.js';
import type { Dataset, LabelColumn } from '../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../ml/matrix/feature-matrix.js';
import type { IterationFigures } from '../schema/labelling.js';

/** What a thread is started with: all that stays the same from one iteration to the next. */
export interface ThreadData {
  readonly dataset: Dataset;
  readonly truth: LabelColumn | undefined;
  /** The features without missing cells. */
  readonly X: FeatureMatrix;
  readonly validationDatasets: readonly Dataset[];
  readonly settings: LabellingSettings;
  /** Threads that the iteration may spread its work over. */
  readonly threads: number;
}

/** One iteration to compute. */
export interface IterationMessage extends Pick<IterationInput, 'iteration' | 'candidates' | 'limit'> {
  readonly labels: LabelColumn;
}

/** What a thread tells; one of the last three ends the iteration. An error's class does not survive the way. */
export type ThreadReply =
  | { readonly stage: string }
  | { readonly done: number; readonly total: number }
  | { readonly group: QueryGroup }
  | { readonly figures: Omit<IterationFigures, 'seconds'>; readonly warnings: readonly string[] }
  | { readonly refusal: { readonly message: string; readonly hint?: string } }
  | { readonly bug: string };
