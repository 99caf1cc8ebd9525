import { UserError } from '../../errors.js';
import { type Candidate, raceCandidates } from '../../experiments/classify/race-candidates.js';
import type { ClassifySettings, ValidationMode } from '../../experiments/classify/settings.js';
import { calibrationMethodIds } from '../../ml/calibration/calibration.js';
import type { AnyClassifierDef } from '../../ml/classifiers/classifier.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import { acceptsMulticlass, objectiveIds } from '../../ml/model-selection/objectives.js';
import { defaultGrid, defaultParams, expandGrid, type Params, type ParamSpecs, parseParams } from '../../ml/params.js';
import { choice, flag, list, number, type OptionsOf, repeatable, text } from './options.js';
import { alertOptions, alertSettings } from './alert-settings.js';
import { autoModel, classifierNamed } from '../models.js';
import { validationOptions, validationSettings } from './validation-settings.js';

/** Options of `classify` besides the common ones and those of the dataset. */
export const classifyOptions = {
  model: text('--model <id>', 'the model, see: secuml models (logistic-regression)'),
  param: repeatable('--param <name=value>', 'a hyper-parameter, or several values to choose from: C=0.1,1,10'),
  tuning: flag('--no-tuning', "take the model's single defaults, without a search"),
  timeLimit: number(
    '--time-limit <seconds>',
    'how long --model auto may look for the best model; no limit by default',
    {
      min: 0,
    },
  ),
  objective: choice('--objective <id>', objectiveIds, 'what tuning maximises; roc-auc by default'),
  at: number('--at <rate>', 'the rate of dr-at-fpr and dr-at-fdr (0.01)', { min: 0, max: 1 }),
  tuningFolds: number('--tuning-folds <n>', 'folds of search and calibration, inside the training part (4)', {
    min: 2,
    integer: true,
  }),
  multiclass: flag('--multiclass', 'learn the families in place of malicious and benign'),
  sampleWeight: choice('--sample-weight <rule>', ['none', 'balanced', 'family'], 'how much a training row counts'),
  impute: choice('--impute <rule>', ['none', 'median'], 'what stands for missing values'),
  calibrate: choice(
    '--calibrate <method>',
    ['none', ...calibrationMethodIds],
    'make probabilities true to their word, held out training rows decide; none by default',
  ),
  reject: number('--reject <share>', 'reject this share of the predictions, the least credible (0)', {
    min: 0,
    max: 1,
  }),
  ...validationOptions,
  leaveOutFamily: flag(
    '--leave-out-family',
    'train once more without each malicious family: is it found all the same?',
  ),
  trainingDetection: flag('--no-training-detection', 'do not apply the model to the rows it learned from'),
  detectionThreshold: number(
    '--detection-threshold <value>',
    'malicious iff the value is greater (0.5; 0 for a score)',
  ),
  importance: choice(
    '--importance <kind>',
    ['own', 'permutation'],
    "how features are weighed: by the model's own measure (default), or by what shuffling them loses, for any model",
  ),
  partialDependence: list(
    '--partial-dependence <n|feature>',
    'how the value of the model depends on the n features that count most, or on these',
  ),
  ...alertOptions,
  assert: repeatable('--assert <expression>', "exit 1 unless it holds: 'test.rocAuc >= 0.95'"),
} as const;

type ClassifyOptions = OptionsOf<typeof classifyOptions>;

/** The settings that the options stand for. `testIds` are those of the file named by --test-ids. */
export function classifySettings(options: ClassifyOptions, testIds: ReadonlySet<string> | null): ClassifySettings {
  const race = options.model === autoModel.id ? raceOf(options) : null;
  const classifier = classifierNamed(race?.candidates[0].model ?? options.model ?? 'logistic-regression');
  if (!race && options.timeLimit !== undefined) {
    throw new UserError(`--time-limit goes with --model auto, not with ${classifier.id}`);
  }
  if (options.multiclass && !classifier.accepts.multiclass) {
    throw new UserError(`${classifier.id} knows two classes only: it cannot learn families`);
  }
  const sampleWeight = options.sampleWeight ?? 'none';
  if (sampleWeight !== 'none' && !classifier.accepts.weights) {
    throw new UserError(`${classifier.id} cannot weigh its training rows`, { hint: 'leave --sample-weight out' });
  }
  const validation = validationSettings(options, testIds);
  return {
    // The id is a key of the registry: classifierNamed found it there.
    model: classifier.id as ClassifierId,
    points: race?.candidates[0].points ?? gridPoints(classifier.params, options, classifier.id),
    ...race,
    objective: objective(options),
    at: options.at ?? 0.01,
    tuningFolds: options.tuningFolds ?? 4,
    multiclass: options.multiclass ?? false,
    sampleWeight,
    impute: options.impute === 'median',
    ...rejecting(options, classifier),
    ...(options.calibrate !== undefined && options.calibrate !== 'none' && { calibrate: options.calibrate }),
    validation,
    ...leavingFamiliesOut(options, validation.mode, classifier),
    trainingDetection: options.trainingDetection ?? true,
    detectionThreshold: options.detectionThreshold ?? null,
    ...(options.importance === 'permutation' && { importance: options.importance }),
    ...partialDependence(options),
    ...alertSettings(options),
  };
}

/** The models that `auto` chooses among, each with its own grid. */
function raceOf({ param, tuning, timeLimit }: ClassifyOptions): Pick<ClassifySettings, 'timeLimit'> & {
  readonly candidates: readonly Candidate[];
} {
  if (param) {
    throw new UserError('--param goes with one model: auto takes the grid of each', {
      hint: 'see the models: secuml models auto',
    });
  }
  return { candidates: raceCandidates(tuning !== false), ...(timeLimit !== undefined && { timeLimit }) };
}

function objective(options: ClassifyOptions): ClassifySettings['objective'] {
  const chosen = options.objective ?? (options.multiclass ? 'accuracy' : 'roc-auc');
  if (options.at !== undefined && !chosen.startsWith('dr-at')) {
    throw new UserError(`--at goes with --objective dr-at-fpr or dr-at-fdr, not with ${chosen}`);
  }
  if (options.multiclass && !acceptsMulticlass(chosen)) {
    throw new UserError(`--objective ${chosen} needs two classes`, { hint: 'with --multiclass: accuracy or f1' });
  }
  return chosen;
}

/** --param wins; else the single defaults (--no-tuning) or the model's own grid. */
function gridPoints(specs: ParamSpecs, options: ClassifyOptions, model: string): Params[] {
  const listed = options.param ? parseParams(specs, options.param, model) : undefined;
  const several = [...(listed ?? [])].find(([, values]) => values.length > 1);
  if (several && options.tuning === false) {
    const [name, values] = several;
    throw new UserError(
      `--no-tuning and --param ${name}=${values.join(',')} exclude each other: several values are searched`,
      { hint: `give ${name} one value, or leave --no-tuning out` },
    );
  }
  if (listed) return expandGrid(specs, listed);
  return options.tuning === false ? [defaultParams(specs)] : expandGrid(specs, defaultGrid(specs));
}

/** Features that are varied at most: each asks the model for some 25,000 values. */
const mostVaried = 100;

/** One whole number alone is how many. */
function partialDependence({ partialDependence: asked }: ClassifyOptions): Pick<ClassifySettings, 'partialDependence'> {
  if (!asked) return {};
  const features = [...new Set(asked)];
  if (asked.length === 1 && /^\d+$/.test(asked[0])) {
    const most = Number(asked[0]);
    if (most >= 1 && most <= mostVaried) return { partialDependence: { most } };
    throw new UserError(`--partial-dependence ${asked[0]}: expected 1 to ${mostVaried} features, or their names`, {
      hint: `a feature that is called ${asked[0]} is named twice: ${asked[0]},${asked[0]}`,
    });
  }
  if (features.length > mostVaried) {
    throw new UserError(`--partial-dependence names ${features.length} features: at most ${mostVaried} are varied`);
  }
  return { partialDependence: { features } };
}

/** What is least credible is told by the distance to the training instances of the predicted class. */
function rejecting({ reject }: ClassifyOptions, { id, learnsFrom }: AnyClassifierDef): { reject?: number } {
  if (reject === undefined || reject === 0) return {};
  if (reject === 1) throw new UserError('--reject 1 would keep no prediction: a share below 1 is needed');
  if (learnsFrom === 'nothing') {
    throw new UserError(`--reject asks how near the labelled instances of a class are; ${id} looks at no label`);
  }
  return { reject };
}

/** Leaving families out: one fit each on the training part of the model that is kept. */
function leavingFamiliesOut(
  { leaveOutFamily, multiclass, groupBy }: ClassifyOptions,
  mode: ValidationMode,
  { id, learnsFrom }: AnyClassifierDef,
): { leaveOutFamily?: true } {
  if (!leaveOutFamily) return {};
  if (learnsFrom) {
    throw new UserError(`--leave-out-family: ${id} learns from instances without a label, too: no family is left out`);
  }
  if (multiclass) {
    throw new UserError(
      '--leave-out-family and --multiclass exclude each other: a family that is left out has no class',
    );
  }
  if (groupBy !== undefined) {
    throw new UserError('--leave-out-family and --group-by exclude each other: families are what is kept apart');
  }
  if (mode === 'temporal-cv' || mode === 'sliding-window') {
    throw new UserError(
      `--leave-out-family does not go with --validation ${mode}: nothing comes after its last model`,
      {
        hint: '--validation temporal and cutoff judge later instances of each family',
      },
    );
  }
  return { leaveOutFamily: true };
}
