import type { Calibration } from '../calibration/calibration.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { sampleWeights, type SampleWeighting } from '../model-selection/sample-weights.js';
import { predictRows } from '../model-selection/trained-model.js';
import type { Params } from '../params.js';
import { fitMedianImputer } from '../preprocessing/impute.js';

export interface FitWithoutShared extends Record<string, unknown> {
  /** n×d. */
  readonly X: FeatureMatrix;
  /** Length n: 0 benign, 1 malicious; of rows that are not trained on it does not matter. */
  readonly y: Uint32Array;
  /** Length n: family of each row, any integers. */
  readonly family: Int32Array;
  /** Rows to train on, but for the family left out. */
  readonly train: Uint32Array;
  /** Benign rows that no model has seen; may be none. */
  readonly benign: Uint32Array;
}

export interface FitWithoutItem {
  readonly model: ClassifierId;
  readonly params: Params;
  /** That of the model which knows the family: the threshold is of its probabilities. */
  readonly calibration?: Calibration;
  readonly seed: number;
  readonly impute: boolean;
  readonly sampleWeight: SampleWeighting;
  /** Called malicious iff the probability (the score, of a model without) is greater. */
  readonly threshold: number;
  /** The family left out. */
  readonly without: number;
  /** Rows of the family. */
  readonly judged: Uint32Array;
}

export interface FitWithoutOutput {
  /** Of the judged rows. */
  readonly calledMalicious: number;
  /** Of the benign ones. */
  readonly falsePositives: number;
  readonly warnings: readonly string[];
}

/** Fits a binary model without one family and counts how many of that family's rows it finds all the same. */
export const fitWithout = defineTask({
  id: 'fit-without',
  async run(shared: FitWithoutShared, item: FitWithoutItem, context): Promise<FitWithoutOutput> {
    const { executor, signal } = context;
    const rows = shared.train.filter((row) => shared.family[row] !== item.without);
    const y = Uint32Array.from(rows, (row) => shared.y[row]);
    const family = Int32Array.from(rows, (row) => shared.family[row]);
    const own = selectRows(shared.X, rows);
    const imputer = item.impute ? fitMedianImputer(own) : undefined;
    const X = imputer ? imputer.apply(own) : own;
    const weights = sampleWeights(item.sampleWeight, y, family);
    const training = { X, y, classCount: 2, weights };
    const fitted = await classifiers[item.model].fit(training, item.params, { seed: item.seed, executor, signal });
    throwIfCancelled(signal);
    const classes = ['benign', 'malicious'].map((name) => ({ name, malicious: name === 'malicious', family: null }));
    const model = {
      model: item.model,
      params: item.params,
      featureNames: [],
      classes,
      imputer,
      fitted,
      calibration: item.calibration,
    };
    const called = (of: Uint32Array): number => {
      if (of.length === 0) return 0;
      const { probabilities, scores } = predictRows(model, shared.X, of);
      const value = (k: number): number => probabilities?.[2 * k + 1] ?? scores?.[k] ?? Number.NaN;
      return of.reduce((count, _, k) => count + Number(value(k) > item.threshold), 0);
    };
    return { calledMalicious: called(item.judged), falsePositives: called(shared.benign), warnings: fitted.warnings };
  },
});
