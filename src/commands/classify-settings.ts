import { UserError } from '../errors.js';
import type { ClassifySettings, Validation } from '../experiments/classify/settings.js';
import type { ClassifierId } from '../ml/classifiers/registry.js';
import { acceptsMulticlass, objectiveIds } from '../ml/model-selection/objectives.js';
import { defaultGrid, defaultParams, expandGrid, type Params, type ParamSpecs, parseParams } from '../ml/params.js';
import { choice, flag, list, number, type OptionsOf, repeatable, text } from './options.js';
import { classifierNamed } from './models.js';

const validationModes = ['random', 'fixed', 'cv', 'datasets', 'unlabeled'] as const;

/** Options of `classify` besides the common ones and those of the dataset. */
export const classifyOptions = {
  model: text('--model <id>', 'the model, see: secuml models (logistic-regression)'),
  param: repeatable('--param <name=value>', 'a hyper-parameter, or several values to choose from: C=0.1,1,10'),
  tuning: flag('--no-tuning', "take the model's single defaults, without a search"),
  objective: choice('--objective <id>', objectiveIds, 'what tuning maximises; roc-auc by default'),
  at: number('--at <rate>', 'the rate of dr-at-fpr and dr-at-fdr (0.01)', { min: 0, max: 1 }),
  tuningFolds: number('--tuning-folds <n>', 'folds of the search, inside the training part (4)', {
    min: 2,
    integer: true,
  }),
  multiclass: flag('--multiclass', 'learn the families in place of malicious and benign'),
  sampleWeight: choice('--sample-weight <rule>', ['none', 'balanced', 'family'], 'how much a training row counts'),
  impute: choice('--impute <rule>', ['none', 'median'], 'what stands for missing values'),
  validation: choice('--validation <mode>', validationModes, 'how the model is judged; random by default'),
  testSize: number('--test-size <share>', 'share of the test part of a random split (0.1)', { min: 0, max: 1 }),
  testIds: text('--test-ids <file>', 'file with the instance_id of the test rows; means --validation fixed'),
  folds: number('--folds <n>', 'folds of cross-validation (4)', { min: 2, integer: true }),
  validationDataset: list(
    '--validation-dataset <name>',
    'datasets of the project to test on; means --validation datasets',
  ),
  trainingDetection: flag('--no-training-detection', 'do not apply the model to the rows it learned from'),
  detectionThreshold: number(
    '--detection-threshold <value>',
    'malicious iff the value is greater (0.5; 0 for a score)',
  ),
  assert: repeatable('--assert <expression>', "exit 1 unless it holds: 'test.rocAuc >= 0.95'"),
} as const;

type ClassifyOptions = OptionsOf<typeof classifyOptions>;

/** The settings that the options stand for. `testIds` are those of the file named by --test-ids. */
export function classifySettings(options: ClassifyOptions, testIds: ReadonlySet<string> | null): ClassifySettings {
  const classifier = classifierNamed(options.model ?? 'logistic-regression');
  if (options.multiclass && !classifier.accepts.multiclass) {
    throw new UserError(`${classifier.id} knows two classes only: it cannot learn families`);
  }
  const sampleWeight = options.sampleWeight ?? 'none';
  if (sampleWeight !== 'none' && !classifier.accepts.weights) {
    throw new UserError(`${classifier.id} cannot weigh its training rows`, { hint: 'leave --sample-weight out' });
  }
  return {
    // The id is a key of the registry: classifierNamed found it there.
    model: classifier.id as ClassifierId,
    points: gridPoints(classifier.params, options, classifier.id),
    objective: objective(options),
    at: options.at ?? 0.01,
    tuningFolds: options.tuningFolds ?? 4,
    multiclass: options.multiclass ?? false,
    sampleWeight,
    impute: options.impute === 'median',
    validation: validation(options, testIds),
    trainingDetection: options.trainingDetection ?? true,
    detectionThreshold: options.detectionThreshold ?? null,
  };
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

function validation(options: ClassifyOptions, testIds: ReadonlySet<string> | null): Validation {
  const datasets = options.validationDataset ?? [];
  const implied = testIds ? 'fixed' : datasets.length > 0 ? 'datasets' : undefined;
  const mode = options.validation ?? implied ?? 'random';
  refuseUnused(options, mode);
  switch (mode) {
    case 'random':
      return { mode, testSize: testShare(options.testSize ?? 0.1) };
    case 'fixed':
      if (!testIds) throw new UserError('--validation fixed needs --test-ids FILE');
      return { mode, testIds };
    case 'cv':
      return { mode, folds: options.folds ?? 4 };
    case 'datasets': {
      if (datasets.length === 0) throw new UserError('--validation datasets needs --validation-dataset NAME');
      const twice = datasets.find((name, i) => datasets.indexOf(name) !== i);
      if (twice !== undefined) throw new UserError(`--validation-dataset ${twice} is given twice`);
      return { mode, datasets };
    }
    case 'unlabeled':
      return { mode };
  }
}

function testShare(share: number): number {
  if (share === 0 || share === 1) throw new UserError('--test-size must lie between 0 and 1, both excluded');
  return share;
}

/** An option that the chosen mode would ignore is a mistake worth telling. */
function refuseUnused(options: ClassifyOptions, mode: (typeof validationModes)[number]): void {
  const belongs = [
    ['--test-size', options.testSize, 'random'],
    ['--test-ids', options.testIds, 'fixed'],
    ['--folds', options.folds, 'cv'],
    ['--validation-dataset', options.validationDataset, 'datasets'],
  ] as const;
  for (const [name, value, its] of belongs) {
    if (value !== undefined && mode !== its)
      throw new UserError(`${name} goes with --validation ${its}, not with ${mode}`);
  }
}
