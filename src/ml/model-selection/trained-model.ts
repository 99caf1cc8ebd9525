import { UserError } from '../../errors.js';
import { applyCalibration, type Calibration, readCalibration } from '../calibration/calibration.js';
import type { FeatureImportance, FittedClassifier, ModelJson, Predictions } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { type CredibilityModel, credibilityJson, readCredibility } from '../credibility/credibility.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import type { Params } from '../params.js';
import { type Imputer, reviveImputer } from '../preprocessing/impute.js';

/** What a class of the task stands for. */
export interface ClassName {
  readonly name: string;
  readonly malicious: boolean;
  /** The family it stands for; null for a whole label, in the binary task. */
  readonly family: string | null;
}

/** A classifier with all it needs to be applied to raw features: what model.json holds. */
export interface TrainedModel {
  readonly model: ClassifierId;
  readonly params: Params;
  /** The features it expects, in order. */
  readonly featureNames: readonly string[];
  readonly classes: readonly ClassName[];
  readonly imputer?: Imputer;
  readonly fitted: FittedClassifier;
  /** Absent where the model's own probabilities are taken as they are. */
  readonly calibration?: Calibration;
  /** Present where predictions can be told how credible they are (--reject). */
  readonly credibility?: CredibilityModel;
}

/** Predictions for raw features X (n×d, columns as `featureNames`). */
export function predictWith(model: TrainedModel, X: FeatureMatrix): Predictions {
  const raw = model.fitted.predict(model.imputer ? model.imputer.apply(X) : X);
  return model.calibration ? applyCalibration(model.calibration, raw) : raw;
}

/** Cells copied out at a time: about a megabyte, which even slow models are done with in a fraction of a second. */
const cellsAtOnce = 1 << 17;

/** Predictions for rows `rows` of raw features X, without a second copy of them all. */
export function predictRows(model: TrainedModel, X: FeatureMatrix, rows: Uint32Array): Predictions {
  const parts = predictInParts(model, X, rows);
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

/** The same part by part: yields how many rows are done. */
export function* predictInParts(
  model: TrainedModel,
  X: FeatureMatrix,
  rows: Uint32Array,
): Generator<number, Predictions> {
  const atOnce = Math.max(256, Math.floor(cellsAtOnce / Math.max(1, X.columns)));
  if (rows.length <= atOnce) return predictWith(model, selectRows(X, rows));
  const classCount = model.classes.length;
  let probabilities: Float64Array | null = null;
  let scores: Float64Array | null = null;
  let uncalibrated: Float64Array | null = null;
  for (let first = 0; first < rows.length; first += atOnce) {
    const part = predictWith(model, selectRows(X, rows.subarray(first, first + atOnce)));
    probabilities = gathered(probabilities, part.probabilities, first * classCount, rows.length * classCount);
    const width = part.scores === null ? 0 : part.scores.length / Math.min(atOnce, rows.length - first);
    scores = gathered(scores, part.scores, first * width, rows.length * width);
    const before = part.uncalibrated ?? null;
    uncalibrated = gathered(uncalibrated, before, first * classCount, rows.length * classCount);
    yield Math.min(rows.length, first + atOnce);
  }
  return { classCount, probabilities, scores, ...(model.calibration && { uncalibrated }) };
}

/** `values` put at `start` into what is gathered so far: a new array of `length` for the first part. */
function gathered(
  all: Float64Array | null,
  values: Float64Array | null,
  start: number,
  length: number,
): Float64Array | null {
  if (values === null) return null;
  const whole = all ?? new Float64Array(length);
  whole.set(values, start);
  return whole;
}

/** Importances, with the names of the features they belong to (indicators of the imputer included). */
export function importanceOf(
  model: TrainedModel,
): { features: readonly string[]; importance: FeatureImportance } | null {
  const importance = model.fitted.importance?.();
  if (!importance) return null;
  const features = model.imputer ? model.imputer.featureNames(model.featureNames) : model.featureNames;
  return { features, importance };
}

const modelFormat = 'secuml-model';
const modelVersion = 1;

/** The model as JSON: auditable, and revived to bit-identical scores. */
export function modelToJson(model: TrainedModel): ModelJson {
  return {
    format: modelFormat,
    version: modelVersion,
    model: model.model,
    params: model.params,
    classes: model.classes,
    featureNames: model.featureNames,
    imputer: model.imputer ? model.imputer.toJSON() : null,
    fitted: model.fitted.toJSON(),
    calibration: model.calibration ?? null,
    credibility: model.credibility ? credibilityJson(model.credibility) : null,
  };
}

/** A model from its JSON; throws UserError naming `source` where it is not a model of this program. */
export function modelFromJson(json: ModelJson, source: string): TrainedModel {
  if (json.format !== modelFormat) throw new UserError(`${source} is not a model of secuml`);
  if (json.version !== modelVersion) {
    throw new UserError(`${source} has model version ${String(json.version)}, this secuml reads ${modelVersion}`);
  }
  if (typeof json.model !== 'string' || !Object.hasOwn(classifiers, json.model)) {
    throw new UserError(`${source} holds a model this secuml does not know: ${String(json.model).slice(0, 60)}`);
  }
  const model = json.model as ClassifierId;
  const { classes, featureNames, imputer, fitted, calibration, credibility } = json;
  if (!isClasses(classes)) throw new UserError(`${source} is damaged: it has no classes`);
  if (!isTexts(featureNames)) throw new UserError(`${source} is damaged: it has no names of features`);
  if (!isObject(fitted)) throw new UserError(`${source} is damaged: it holds no fitted model`);
  // Memory is taken for every class: a mere number must not decide how much.
  if (fitted.classCount !== undefined && fitted.classCount !== classes.length) {
    throw new UserError(`${source} is damaged: its number of classes is not that of their names`);
  }
  return {
    model,
    params: json.params as Params,
    classes,
    featureNames,
    imputer: isObject(imputer) ? reviveImputer(imputer) : undefined,
    fitted: classifiers[model].revive(fitted),
    calibration: isObject(calibration) ? readCalibration(calibration, classes.length, source) : undefined,
    credibility: isObject(credibility) ? readCredibility(credibility, classes.length, source) : undefined,
  };
}

const isObject = (value: unknown): value is ModelJson => typeof value === 'object' && value !== null;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function isClasses(value: unknown): value is ClassName[] {
  return (
    Array.isArray(value) &&
    value.every(
      (item) =>
        isObject(item) &&
        typeof item.name === 'string' &&
        typeof item.malicious === 'boolean' &&
        (item.family === null || typeof item.family === 'string'),
    )
  );
}
