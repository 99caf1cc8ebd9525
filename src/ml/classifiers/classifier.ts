import type { Explanation } from '../explanation/explanation.js';
import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { ParamSpecs, Params, ParamsOf } from '../params.js';

/** What a classifier learns from: n rows, k classes. Every class 0 … k-1 may be empty save that two have rows. */
export interface TrainingSet {
  /** n×d. */
  readonly X: FeatureMatrix;
  /**
   * Length n: class index in 0 … classCount-1. In the binary task 0 is benign and 1 malicious. A row without a label,
   * which only a model that learns from such (`learnsFrom`) is given, has `classCount`.
   */
  readonly y: Uint32Array;
  readonly classCount: number;
  /** Length n, finite, >= 0; a row of weight 0 counts as absent. Absent: all 1. */
  readonly weights?: Float64Array;
}

/** What a fitted classifier says about n rows, k classes. */
export interface Predictions {
  readonly classCount: number;
  /** n×k row-major; each row sums to 1 within 1e-9. Null for a model without probabilities. */
  readonly probabilities: Float64Array | null;
  /**
   * Decision values, the raw output before it became a probability: length n for two classes (larger = more
   * malicious), n×k otherwise. Null where the model has nothing but probabilities.
   */
  readonly scores: Float64Array | null;
  /**
   * Of a calibrated model only: the probabilities before calibration, n×k, null where the model has none of its own.
   * `scores` are then what was calibrated: the decision values, or the model's own probabilities.
   */
  readonly uncalibrated?: Float64Array | null;
}

/** How much each feature counts in a fitted model. */
export interface FeatureImportance {
  /**
   * 'coefficient': signed weight on the standardised feature; 'impurity': share of impurity decrease, sums to 1.
   */
  readonly kind: 'coefficient' | 'impurity';
  /** One row of d values for a binary model or a model-wide measure, k rows for a measure by class. */
  readonly values: readonly Float64Array[];
}

/** JSON that a fitted model is saved as and revived from, with bit-identical scores. */
export type ModelJson = { readonly [key: string]: unknown };

export interface FittedClassifier {
  /** X: n×d with the features of the training set in the same order. */
  predict(X: FeatureMatrix): Predictions;
  /** Absent for a model without a sound measure. */
  importance?(): FeatureImportance;
  /**
   * How the model came to what it says of rows `rows` of X, feature by feature: for each, base + Σ contributions is the
   * value that `predict` gives for class `classIndex` within 1e-9 (relative to the largest term): the score where it
   * explains scores (for the class 0 of two, the score with the other sign), else the probability.
   * Absent for a model whose values cannot be taken apart by feature. Throws RangeError for missing cells that it
   * cannot predict either, UserError where this one model cannot be explained, in plain words.
   */
  explain?(X: FeatureMatrix, rows: Uint32Array, classIndex: number): Explanation[];
  toJSON(): ModelJson;
  /** What the user must know of the training: non-convergence above all. Plain sentences. */
  readonly warnings: readonly string[];
}

/** An estimate of what a fit needs; rough, within about a factor of three. */
export interface Cost {
  /** Seconds of one core. */
  readonly seconds: number;
  /** Peak bytes besides the input. */
  readonly bytes: number;
}

/** A learning algorithm as data: its id is its file name and what the user types. */
export interface ClassifierDef<S extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is good for. */
  readonly summary: string;
  readonly params: S;
  readonly accepts: {
    /** Works on SparseMatrix without making it dense. */
    readonly sparse: boolean;
    /** Handles NaN cells itself. */
    readonly missing: boolean;
    /** More than two classes. */
    readonly multiclass: boolean;
    readonly weights: boolean;
    /** False: cells below 0 are refused. Absent: they are taken. */
    readonly negative?: false;
  };
  /**
   * Whose labels it looks at. Absent: those of all its rows. 'some-labels': rows without a label are learned from, too.
   * 'nothing': so they are, and no label is looked at. The last two have no grid, as nothing may tell points apart.
   */
  readonly learnsFrom?: 'some-labels' | 'nothing';
  cost(rows: number, columns: number, classCount: number, params: ParamsOf<S>): Cost;
  /**
   * Fits one model. Throws UserError for data the algorithm cannot take, InterruptedError when cancelled.
   * The same training set, parameters and seed give the same bytes on any executor.
   */
  fit(data: TrainingSet, params: ParamsOf<S>, context: FitContext): Promise<FittedClassifier>;
  /**
   * Fits several points that differ only in the parameters of `pathParams`, cheaper than one by one (warm starts).
   * The result is in the order of `points`, and each is what `fit` gives within the solver's tolerance.
   */
  fitPath?(data: TrainingSet, points: readonly ParamsOf<S>[], context: FitContext): Promise<FittedClassifier[]>;
  readonly pathParams?: readonly string[];
  /** Its fit hands its own work to the executor (trees): it is called where it can, not inside a worker. */
  readonly parallelFit?: boolean;
  /** Throws UserError where the JSON is not such a model. */
  revive(json: ModelJson): FittedClassifier;
}

/** A classifier whose parameter types the caller does not know: what the registry holds. */
export interface AnyClassifierDef extends Omit<ClassifierDef, 'cost' | 'fit' | 'fitPath'> {
  cost(rows: number, columns: number, classCount: number, params: Params): Cost;
  fit(data: TrainingSet, params: Params, context: FitContext): Promise<FittedClassifier>;
  fitPath?(data: TrainingSet, points: readonly Params[], context: FitContext): Promise<FittedClassifier[]>;
}

/** Declares a classifier; its parameter types are checked inside and forgotten outside. */
export function defineClassifier<const S extends ParamSpecs>(definition: ClassifierDef<S>): AnyClassifierDef {
  // Params are only ever made from the definition's own specs (parseParams, expandGrid), so the narrowing is sound.
  return definition as unknown as AnyClassifierDef;
}
