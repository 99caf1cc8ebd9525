import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { applyCalibration, fitCalibration, readCalibration } from '../../../src/ml/calibration/calibration.js';
import { fitIsotonic, isotonicAt } from '../../../src/ml/calibration/isotonic.js';
import { fitSigmoid, sigmoidAt } from '../../../src/ml/calibration/sigmoid.js';
import { type ClassifierId, classifiers } from '../../../src/ml/classifiers/registry.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { roundsOfFolds } from '../../../src/ml/model-selection/rounds.js';
import { train } from '../../../src/ml/model-selection/train.js';
import { modelFromJson, modelToJson, predictWith } from '../../../src/ml/model-selection/trained-model.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  readonly curves: readonly {
    readonly values: number[];
    readonly y: number[];
    readonly slope: number;
    readonly intercept: number;
    readonly asked: number[];
    readonly isotonic: number[];
  }[];
  readonly models: readonly {
    readonly model: ClassifierId;
    readonly method: 'sigmoid' | 'isotonic';
    readonly k: number;
    readonly X: number[][];
    readonly y: number[];
    readonly folds: number[];
    readonly asked: number[][];
    readonly probabilities: number[][];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/calibration.json', import.meta.url), 'utf8')) as Golden;
const context = { seed: 0, executor: inlineExecutor };

describe('curves of calibration', () => {
  it.each(golden.curves)('are those of scikit-learn and scipy ($values.length values)', (one) => {
    const [values, y] = [Float64Array.from(one.values), Uint8Array.from(one.y)];
    const sigmoid = fitSigmoid(values, y);
    expect(sigmoid.slope).toBeCloseTo(one.slope, 7);
    expect(sigmoid.intercept).toBeCloseTo(one.intercept, 7);
    const isotonic = fitIsotonic(values, y);
    one.asked.forEach((value, i) => expect(isotonicAt(isotonic, value)).toBeCloseTo(one.isotonic[i], 12));
  });

  it('stay finite where values separate the classes, and where they are all alike', () => {
    const apart = fitSigmoid(Float64Array.of(-1e300, -2, 2, 1e300), Uint8Array.of(0, 0, 1, 1));
    expect([apart.slope, apart.intercept].every(Number.isFinite)).toBe(true);
    const alike = fitSigmoid(Float64Array.of(7, 7, 7, 7), Uint8Array.of(0, 0, 1, 0));
    // Platt's targets: 2/3 once and 1/5 three times.
    expect(sigmoidAt(alike, 7)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 9);
    expect(isotonicAt(fitIsotonic(Float64Array.of(7, 7, 7, 7), Uint8Array.of(0, 0, 1, 0)), 9)).toBe(0.25);
  });

  it('never fall when isotonic, and keep the mean of the rows', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 1 })), { minLength: 1 });
    fc.assert(
      fc.property(rows, (list) => {
        const values = Float64Array.from(list, ([value]) => value);
        const y = Uint8Array.from(list, ([, label]) => label);
        const curve = fitIsotonic(values, y);
        const said = Array.from(values, (value) => isotonicAt(curve, value));
        const mean = said.reduce((sum, p) => sum + p, 0);
        expect(mean).toBeCloseTo(
          y.reduce((sum, label) => sum + label, 0),
          9,
        );
        const along = Array.from({ length: 100 }, (_, i) => isotonicAt(curve, -6 + i * 0.12));
        along.forEach((p, i) => expect(p).toBeGreaterThanOrEqual((along[i - 1] ?? 0) - 1e-15));
        for (const p of along) expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a calibrated model', () => {
  const cases = golden.models.map((one) => [`${one.method} ${one.model}, ${one.k} classes`, one] as const);

  it.each(cases)('%s, is CalibratedClassifierCV(ensemble=False)', async (_, one) => {
    const y = Uint32Array.from(one.y);
    const names = ['a', 'b', 'c', 'd'];
    const classes = Array.from({ length: one.k }, (_unused, k) => ({ name: `${k}`, malicious: k > 0, family: null }));
    const ids = one.y.map((_unused, i) => `${i}`);
    const tuningRounds = roundsOfFolds(Int32Array.from(one.folds), 4);
    const X = denseMatrix(one.X.length, 4, Float64Array.from(one.X.flat()));
    const points = [defaultParams(classifiers[one.model].params)];
    const plan = { model: one.model, points, tuningFolds: 4, objective: 'roc-auc', at: 0, impute: false } as const;
    const input = { X, y, classCount: one.k, featureNames: names, classes, ids, tuningRounds };
    const { model } = await train({ ...plan, calibrate: one.method }, input, context);
    const asked = denseMatrix(one.asked.length, 4, Float64Array.from(one.asked.flat()));
    const { probabilities, uncalibrated } = predictWith(model, asked);
    const digits = one.model === 'logistic-regression' ? 5 : 6;
    one.probabilities.flat().forEach((p, i) => expect(probabilities?.[i]).toBeCloseTo(p, digits));
    expect(uncalibrated).toEqual(model.fitted.predict(asked).probabilities);
    const revived = modelFromJson(JSON.parse(JSON.stringify(modelToJson(model))), 'model.json');
    expect(predictWith(revived, asked)).toEqual(predictWith(model, asked));
  });

  it('gives probabilities to a model of scores, and keeps its scores', () => {
    const scores = Float64Array.of(-3, -1, 0, 1, 3);
    const calibration = fitCalibration('sigmoid', scores, Uint32Array.of(0, 0, 1, 1, 1), 2);
    const said = applyCalibration(calibration, { classCount: 2, probabilities: null, scores });
    expect(said.scores).toBe(scores);
    expect(said.uncalibrated).toBeNull();
    const malicious = [1, 3, 5, 7, 9].map((cell) => said.probabilities?.[cell] ?? Number.NaN);
    expect(malicious).toEqual([...malicious].sort((a, b) => a - b));
    expect(malicious[0]).toBeLessThan(0.5);
  });

  it('shares alike where no class is likely', () => {
    const never = { kind: 'isotonic', values: [0], probabilities: [0] } as const;
    const probabilities = Float64Array.of(0.2, 0.3, 0.5);
    const said = applyCalibration({ curves: [never, never, never] }, { classCount: 3, probabilities, scores: null });
    expect(said.probabilities).toEqual(Float64Array.of(1 / 3, 1 / 3, 1 / 3));
  });

  it.each([
    [{ curves: [] }],
    [{ curves: [{ kind: 'sigmoid', slope: 1 }] }],
    [{ curves: [{ kind: 'isotonic', values: [], probabilities: [] }] }],
    [{ curves: [{ kind: 'isotonic', values: [1, 1], probabilities: [0, 1] }] }],
    [{ curves: [{ kind: 'isotonic', values: [1, 2], probabilities: [0, 2] }] }],
    [{ curves: [{ kind: 'isotonic', values: [1, 2], probabilities: [0] }] }],
    [{ curves: [{ kind: 'else' }] }],
  ])('is not revived from %j', (json) => {
    expect(() => readCalibration(json, 2, 'model.json')).toThrow(UserError);
  });
});
