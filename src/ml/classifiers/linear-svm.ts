import type { FitContext } from '../fit-context.js';
import { fitL2 } from '../linear/l2-newton.js';
import {
  decisionValues,
  linearAbilities,
  type LinearDecisions,
  linearDecisionsFromJson,
} from '../linear/linear-decisions.js';
import { fitPathOfPoints } from '../linear/path-of-points.js';
import { sampleStart } from '../linear/sample-start.js';
import { squaredHingeLoss } from '../linear/squared-hinge-loss.js';
import { defineParams, type ParamsOf } from '../params.js';
import { type ClassifierDef, defineClassifier, type FittedClassifier, type TrainingSet } from './classifier.js';

const params = defineParams({
  C: {
    type: 'number',
    default: 1,
    min: 0,
    open: true,
    grid: [0.01, 0.1, 1, 10],
    help: 'inverse strength of the penalty: smaller means simpler models',
  },
  interceptPenalty: {
    type: 'boolean',
    default: false,
    help: 'also penalise the intercept, as liblinear does',
  },
  standardise: {
    type: 'boolean',
    default: true,
    help: 'bring every feature to mean 0 and standard deviation 1 first',
  },
  maxIter: { type: 'number', default: 200, min: 1, integer: true, help: 'largest number of Newton iterations' },
  tol: { type: 'number', default: 1e-4, min: 0, open: true, help: 'relative error allowed in the coefficients' },
});

type Point = ParamsOf<typeof params>;

/** Score of a class without training rows: below any other, and finite. */
const neverSaid = -1e300;

async function fitPath(data: TrainingSet, points: readonly Point[], context: FitContext): Promise<FittedClassifier[]> {
  const { interceptPenalty, standardise } = points[0];
  const fits = fitPathOfPoints(data, points, {
    title: 'the linear support vector machine',
    loss: squaredHingeLoss,
    solver: fitL2,
    start: sampleStart,
    interceptPenalty,
    standardise,
    signal: context.signal,
    progress: context.progress,
  });
  return fits.map(({ model, warnings }) => fittedLinearSvm(model, warnings));
}

function fittedLinearSvm(model: LinearDecisions, warnings: readonly string[] = []): FittedClassifier {
  return {
    predict: (X) => ({
      classCount: model.classCount,
      probabilities: null,
      scores: decisionValues(model, X, neverSaid),
    }),
    ...linearAbilities(model),
    warnings,
  };
}

/**
 * Linear support vector machine with the squared hinge loss (scikit-learn's LinearSVC, liblinear's L2-loss SVC) on
 * standardised features: min over (w, b) of ½‖w‖² + Σ weightᵢ·C·max(0, 1 − tᵢ)². Solved in the primal by truncated
 * Newton with the generalised Hessian (Mangasarian, "A finite Newton method for classification", 2002; Lin, Weng and
 * Keerthi 2008). The intercept is not penalised unless `interceptPenalty`, in which case the optimum is liblinear's.
 * More than two classes: one against the rest. It has scores, no probabilities: --calibrate makes some of them.
 */
export const linearSvm = defineClassifier({
  id: 'linear-svm',
  title: 'Linear support vector machine',
  summary: 'A weighted sum of the features that minds the rows near the border only: fast, with readable weights.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  cost(rows, columns, classCount) {
    const cells = rows * columns;
    return { seconds: 0.001 + (classCount > 2 ? classCount : 1) * 1e-7 * cells, bytes: 9 * cells + 80 * rows };
  },
  async fit(data, point, context) {
    const [fitted] = await fitPath(data, [point], context);
    return fitted;
  },
  fitPath,
  pathParams: ['C'],
  revive: (json) => fittedLinearSvm(linearDecisionsFromJson(json)),
} satisfies ClassifierDef<typeof params>);
