import { UserError } from '../../errors.js';
import { type Calibration, type CalibrationMethod, fitCalibration } from '../calibration/calibration.js';
import type { TrainingSet } from '../classifiers/classifier.js';
import type { ClassifierId } from '../classifiers/registry.js';
import type { FitContext } from '../fit-context.js';
import type { Params } from '../params.js';
import { predictRound } from '../tasks/predict-round.js';
import { type Round, roundSides } from './rounds.js';

export interface CalibrationRequest {
  readonly method: CalibrationMethod;
  readonly model: ClassifierId;
  readonly params: Params;
  readonly data: TrainingSet;
  /** Of rows of `data`; rows that are never judged take no part in the fit of the curves. */
  readonly rounds: readonly Round[];
  readonly impute: boolean;
}

/**
 * Calibration from predictions for rows that the model in question has not learned from: one fit and one prediction a
 * round, then a single curve over all of them, for a model that is fitted on all rows. This is scikit-learn's
 * CalibratedClassifierCV with `ensemble=False`, but for the rows' weights: they shape the models, while every row
 * counts once in the curve, as probabilities are to be those of the training set as it is.
 * Throws UserError where the judged rows are of a single class.
 */
export async function calibrate(
  { method, model, params, data, rounds, impute }: CalibrationRequest,
  context: FitContext,
): Promise<{ readonly calibration: Calibration; readonly warnings: readonly string[] }> {
  const { X, y, classCount, weights } = data;
  // A row without a label can be learned from, but says nothing about probabilities.
  const judged = rounds.map(({ train, test }) => ({ train, test: test.filter((row) => y[row] < classCount) }));
  const usable = judged.filter(({ test }) => test.length > 0);
  const classes = Uint32Array.from(usable.flatMap(({ test }) => Array.from(test, (row) => y[row])));
  if (new Set(classes).size < 2) {
    throw new UserError('--calibrate needs training instances of two classes that are held out in turn', {
      hint: 'train on more labelled instances, or leave --calibrate out',
    });
  }
  const session = context.executor.open({ X, y, classCount, weights, sides: roundSides(usable, y.length) });
  try {
    const items = usable.map((_, round) => ({ model, params, round, seed: context.seed, impute }));
    const outputs = await session.map(predictRound, items, {
      signal: context.signal,
      progress: (done, total) => context.progress?.(done, total, 'calibrating'),
    });
    const raw = concatenated(outputs.map((output) => output.raw));
    const calibration = fitCalibration(method, raw, classes, classCount);
    const warnings = [...outputs.flatMap((output) => output.warnings), ...fallingWarning(calibration)];
    return { calibration, warnings };
  } finally {
    await session.close();
  }
}

function concatenated(pieces: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** A sigmoid that falls turns the ranking round. */
function fallingWarning({ curves }: Calibration): string[] {
  if (curves.length > 1 || curves[0].kind !== 'sigmoid' || curves[0].slope >= 0) return [];
  return [
    'calibration turned the ranking of the model round: on held-out training instances the higher its output, the ' +
      'fewer are malicious; the model is worse than chance, or the labels are the wrong way round',
  ];
}
