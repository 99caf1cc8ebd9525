import type { IterationInput, IterationOutcome, Publish } from '../experiments/labelling/compute-iteration.js';
import type { ExperimentContext } from '../experiments/experiment.js';
import type { Dataset, LabelColumn } from '../ml/matrix/dataset.js';
import type { CancelSignal, Executor } from '../ml/fit-context.js';
import type { FeatureMatrix } from '../ml/matrix/feature-matrix.js';
import type { LabellingSettings } from '../experiments/labelling/settings.js';
import type { LabelStore } from '../workspace/labels/label-store.js';
import type { StoredLoop } from '../workspace/loop-store.js';

/** A dataset as a loop works on it. */
export interface LoopData {
  readonly dataset: Dataset;
  /** Ground truth, if there is any: models are judged by it, and --auto answers from it. */
  readonly truth: LabelColumn | undefined;
  /** The features without missing cells: what strategies see. */
  readonly X: FeatureMatrix;
  readonly validationDatasets: readonly Dataset[];
  /** What the dataset's description files say of features, by name. */
  readonly meanings: ReadonlyMap<string, string>;
  /** What to know of the dataset while labelling: that it is not the one the loop began with. */
  readonly warnings: readonly string[];
}

/** Computes an iteration as computeIteration does, here or elsewhere. */
export type ComputeIteration = (
  input: IterationInput,
  settings: LabellingSettings,
  context: ExperimentContext,
  publish: Publish,
) => Promise<Omit<IterationOutcome, 'model'>>;

/** Everything that a seat at a loop needs. */
export interface LoopParts {
  readonly stored: StoredLoop;
  readonly labels: LabelStore;
  readonly data: LoopData;
  readonly settings: LabellingSettings;
  readonly executor: Executor;
  /** Where people wait for keys, another thread: computeIteration in this one where nobody does. */
  readonly compute: ComputeIteration;
  readonly author: string | null;
  /** Set by Ctrl-C. */
  readonly signal: CancelSignal;
}
