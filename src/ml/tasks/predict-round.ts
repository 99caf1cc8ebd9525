import { rawOutput } from '../calibration/calibration.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { Params } from '../params.js';
import { gatherFold, type SidedRows } from './fold-data.js';

export interface PredictRoundItem {
  readonly model: ClassifierId;
  readonly params: Params;
  readonly round: number;
  readonly seed: number;
  readonly impute: boolean;
}

export interface PredictRoundOutput {
  /** Raw output for the rows of the test side, in their order (see rawOutput). */
  readonly raw: Float64Array;
  readonly warnings: readonly string[];
}

/** Fits a model on one side of a round and applies it to the other. */
export const predictRound = defineTask({
  id: 'predict-round',
  async run(shared: SidedRows, item: PredictRoundItem, context): Promise<PredictRoundOutput> {
    const { executor, signal } = context;
    const { training, X } = gatherFold(shared, item.round, item.impute);
    const fitted = await classifiers[item.model].fit(training, item.params, { seed: item.seed, executor, signal });
    throwIfCancelled(signal);
    return { raw: rawOutput(fitted.predict(X)), warnings: fitted.warnings };
  },
});
