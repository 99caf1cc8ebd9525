import { UserError } from '../../errors.js';
import type { FittedClassifier, ModelJson } from '../classifiers/classifier.js';
import { decisionValues, linearAbilities, type LinearDecisions } from '../linear/linear-decisions.js';
import {
  kernelDecisions,
  linearWeights,
  type SupportVectors,
  supportVectorsFromJson,
  supportVectorsToJson,
} from './support-vectors.js';

/** Score of a class without training rows: below any other, and finite. */
const neverSaid = -1e300;

/** A kernel machine over k classes: one decision function if two have rows, else one for each class that has. */
export interface SvmModel {
  readonly classCount: number;
  /** Increasing class indexes, at least two. */
  readonly present: readonly number[];
  readonly machine: SupportVectors;
}

/** A linear kernel's machine is a weight for each feature, and is kept as such; of any other the support vectors are. */
export function fittedSvm(model: SvmModel, warnings: readonly string[]): FittedClassifier {
  return model.machine.kernel.kind === 'linear'
    ? fittedLinear(linearDecisions(model), warnings)
    : fittedKernel(model, warnings);
}

export function fittedLinear(model: LinearDecisions, warnings: readonly string[] = []): FittedClassifier {
  const { classCount } = model;
  return {
    predict: (X) => ({ classCount, probabilities: null, scores: decisionValues(model, X, neverSaid) }),
    ...linearAbilities(model),
    warnings,
  };
}

function linearDecisions({ classCount, present, machine }: SvmModel): LinearDecisions {
  const { shift, unit, centre } = machine.scaling;
  const scale = unit.map((one) => (one > 0 ? 1 / one : 1));
  const mean = shift.map((value, j) => value + centre[j] * scale[j]);
  const coefficients = machine.factors.map((factors) => linearWeights(machine, factors));
  const intercepts = [...machine.biases];
  if (classCount > 2 && present.length === 2) {
    coefficients.unshift(coefficients[0].map((value) => -value));
    intercepts.unshift(-intercepts[0]);
  }
  return { classCount, present, linear: { mean, scale, coefficients, intercepts: Float64Array.from(intercepts) } };
}

function fittedKernel(model: SvmModel, warnings: readonly string[]): FittedClassifier {
  const { classCount, present, machine } = model;
  let decide: ReturnType<typeof kernelDecisions> | undefined;
  return {
    predict(X) {
      decide ??= kernelDecisions(machine);
      const decisions = decide(X);
      if (classCount === 2) return { classCount, probabilities: null, scores: decisions };
      const scores = new Float64Array(X.rows * classCount).fill(neverSaid);
      const functions = machine.factors.length;
      for (let i = 0; i < X.rows; i++) {
        present.forEach((c, k) => {
          // Of two classes in training one function speaks: for the second, and against the first.
          const value = functions === 1 ? (k === 1 ? 1 : -1) * decisions[i] : decisions[i * functions + k];
          scores[i * classCount + c] = value;
        });
      }
      return { classCount, probabilities: null, scores };
    },
    toJSON: () => ({ classCount, present: [...present], ...supportVectorsToJson(machine) }),
    warnings,
  };
}

/** Throws UserError where the JSON is no such model. */
export function kernelFromJson(json: ModelJson): FittedClassifier {
  const { classCount, present } = json;
  const sound =
    Number.isSafeInteger(classCount) &&
    Array.isArray(present) &&
    present.length >= 2 &&
    present.every((c, k) => Number.isSafeInteger(c) && c > (present[k - 1] ?? -1) && c < (classCount as number));
  if (!sound) throw new UserError('the model is no kernel machine: its classes cannot be');
  const functions = present.length === 2 ? 1 : present.length;
  const machine = supportVectorsFromJson(json, functions);
  return fittedKernel({ classCount: classCount as number, present, machine }, []);
}
