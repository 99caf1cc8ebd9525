import { UserError } from '../../errors.js';
import type { Predictions } from '../classifiers/classifier.js';
import { fitIsotonic, type IsotonicCurve, isotonicAt } from './isotonic.js';
import { fitSigmoid, type SigmoidCurve, sigmoidAt } from './sigmoid.js';

type CalibrationCurve = SigmoidCurve | IsotonicCurve;

/** What turns raw outputs into probabilities that can be taken at their word; plain data, kept in model.json. */
export interface Calibration {
  /** One for two classes, of the second one's; else one a class. */
  readonly curves: readonly CalibrationCurve[];
}

/** How a curve is fitted, by what the user types. */
export const calibrationMethods = { sigmoid: fitSigmoid, isotonic: fitIsotonic } as const;

export type CalibrationMethod = keyof typeof calibrationMethods;

export const calibrationMethodIds = Object.keys(calibrationMethods) as CalibrationMethod[];

/**
 * What is calibrated of n predictions, k classes: the scores, or else the probabilities; length n (of class 1) for two
 * classes, n×k otherwise.
 */
export function rawOutput({ probabilities, scores, classCount }: Predictions): Float64Array {
  if (scores) return scores;
  if (!probabilities) throw new RangeError('predictions without scores and probabilities');
  return classCount === 2 ? everyOther(probabilities) : probabilities;
}

function everyOther(probabilities: Float64Array): Float64Array {
  const values = new Float64Array(probabilities.length / 2);
  for (let i = 0; i < values.length; i++) values[i] = probabilities[2 * i + 1];
  return values;
}

/**
 * Fits the curves: one for two classes, else one for each class against all others.
 * @param raw raw output of n rows (see rawOutput) that the model which gave it has not learned from
 * @param y length n: their classes
 */
export function fitCalibration(
  method: CalibrationMethod,
  raw: Float64Array,
  y: Uint32Array,
  classCount: number,
): Calibration {
  const fit = calibrationMethods[method];
  if (classCount === 2) return { curves: [fit(raw, Uint8Array.from(y))] };
  return {
    curves: Array.from({ length: classCount }, (_, k) =>
      fit(
        Float64Array.from(y, (_class, i) => raw[i * classCount + k]),
        Uint8Array.from(y, (label) => Number(label === k)),
      ),
    ),
  };
}

/**
 * Predictions with calibrated probabilities: those of more than two classes are brought to the sum 1 (all alike where
 * every curve says 0). The raw output stays as their scores, and the model's own probabilities as `uncalibrated`.
 */
export function applyCalibration({ curves }: Calibration, predictions: Predictions): Predictions {
  const { classCount } = predictions;
  const raw = rawOutput(predictions);
  const probabilities = classCount === 2 ? ofTwo(curves[0], raw) : ofMany(curves, raw);
  return { classCount, probabilities, scores: raw, uncalibrated: predictions.probabilities };
}

const at = (curve: CalibrationCurve, value: number): number =>
  curve.kind === 'sigmoid' ? sigmoidAt(curve, value) : isotonicAt(curve, value);

function ofTwo(curve: CalibrationCurve, raw: Float64Array): Float64Array {
  const probabilities = new Float64Array(2 * raw.length);
  for (let i = 0; i < raw.length; i++) {
    const p = at(curve, raw[i]);
    probabilities[2 * i] = 1 - p;
    probabilities[2 * i + 1] = p;
  }
  return probabilities;
}

function ofMany(curves: readonly CalibrationCurve[], raw: Float64Array): Float64Array {
  const k = curves.length;
  const probabilities = raw.map((value, cell) => at(curves[cell % k], value));
  for (let i = 0; i < probabilities.length; i += k) {
    let sum = 0;
    for (let c = i; c < i + k; c++) sum += probabilities[c];
    for (let c = i; c < i + k; c++) probabilities[c] = sum > 0 ? probabilities[c] / sum : 1 / k;
  }
  return probabilities;
}

/** A calibration from its JSON; throws UserError naming `source` where it is none for so many classes. */
export function readCalibration(json: unknown, classCount: number, source: string): Calibration {
  const curves = (json as { readonly curves?: unknown } | null)?.curves;
  const count = classCount === 2 ? 1 : classCount;
  if (!Array.isArray(curves) || curves.length !== count || !curves.every(isCurve)) {
    throw new UserError(`${source} is damaged: its calibration cannot be read`);
  }
  return { curves };
}

function isCurve(curve: unknown): curve is CalibrationCurve {
  if (typeof curve !== 'object' || curve === null) return false;
  const { kind, slope, intercept, values, probabilities } = curve as Readonly<Record<string, unknown>>;
  if (kind === 'sigmoid') return Number.isFinite(slope) && Number.isFinite(intercept);
  return kind === 'isotonic' && ascends(values, true) && ascends(probabilities, false) && isSameLength(curve);
}

const isSameLength = (curve: object): boolean => {
  const { values, probabilities } = curve as IsotonicCurve;
  return values.length > 0 && values.length === probabilities.length && inUnit(probabilities);
};

const inUnit = (probabilities: readonly number[]): boolean => probabilities.every((p) => p >= 0 && p <= 1);

function ascends(list: unknown, strictly: boolean): list is number[] {
  return (
    Array.isArray(list) &&
    list.every(
      (item, i) => Number.isFinite(item) && (i === 0 || item > list[i - 1] || (!strictly && item === list[i - 1])),
    )
  );
}
