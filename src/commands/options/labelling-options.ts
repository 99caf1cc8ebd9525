import { nearest, UserError } from '../../errors.js';
import type { LabellingSettings } from '../../experiments/labelling/settings.js';
import { type QueryStrategyId, queryStrategies } from '../../ml/active-learning/registry.js';
import type { AnyQueryStrategyDef } from '../../ml/active-learning/strategy.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import { defaultGrid, defaultParams, expandGrid, type Params, type ParamSpecs, parseParams } from '../../ml/params.js';
import { datasetOptions } from '../command.js';
import { choice, flag, list, number, type OptionsOf, type OptionSpecs, repeatable, text } from './options.js';
import { classifierNamed } from '../models.js';

export type LoopKind = 'active-learning' | 'rare-categories';

/** Options of the commands that begin a labelling loop, besides the common ones and those of the dataset. */
export const labellingOptions = {
  strategy: text('--strategy <id>', 'how queries are chosen, see: secuml models'),
  strategyParam: repeatable('--strategy-param <name=value>', 'a parameter of the strategy'),
  batch: number('--batch <n>', 'queries of an iteration (100)', { min: 1, integer: true }),
  uncertain: number('--uncertain <n>', 'ilab: queries the model is unsure of (10)', { min: 0, integer: true }),
  queries: number('--queries <n>', 'ilab: queries of malicious and of benign families, each (45)', {
    min: 0,
    integer: true,
  }),
  clusterStrategy: text('--cluster-strategy <words>', 'ilab: which members of a family (center_anomalous)'),
  budget: number('--budget <n>', 'answers at most (2000)', { min: 1, integer: true }),
  initLabels: text('--init-labels <file>', 'labels to begin with, or none (init_labels.csv, if it is there)'),
  labelSet: text('--label-set <name>', "the label set that answers go into (the loop's own)"),
  author: text('--author <name>', 'who answers (SECUML_AUTHOR, else the account)'),
  auto: flag('--auto', 'answer from the true labels of the dataset'),
  answers: text('--answers <file>', 'answer from a CSV: instance_id,label[,family]'),
  prompt: flag('--no-prompt', 'ask nobody: compute the queries and stop'),
  resume: text('--resume <id>', 'go on with a loop that was left'),
  exportLabels: text('--export-labels <file>', 'write the labels as a CSV of the dataset in the end'),
  model: text('--model <id>', 'the model that learns, see: secuml models (logistic-regression)'),
  param: repeatable('--param <name=value>', 'a hyper-parameter, or several values to choose from: C=0.1,1,10'),
  tuning: flag('--no-tuning', "take the model's single defaults, without a search"),
  tuningFolds: number('--tuning-folds <n>', 'folds of the search (4)', { min: 2, integer: true }),
  impute: choice('--impute <rule>', ['none', 'median'], 'what stands for missing values'),
  validationDataset: list('--validation-dataset <name>', 'datasets of the project that each model is judged on'),
  assert: repeatable('--assert <expression>', "exit 1 unless it holds: 'families.all >= 10'"),
} as const;

type LabellingOptions = OptionsOf<typeof labellingOptions>;

/** What may be said when a loop is gone on with; all else is as it was begun. */
export const resumeOptions = (({ author, auto, answers, prompt, budget, exportLabels, assert }) => {
  return { author, auto, answers, prompt, budget, exportLabels, assert };
})(labellingOptions);

/** Refuses options that a loop was begun with, where it is gone on with. */
export function refuseBegun(options: Readonly<Record<string, unknown>>, args: readonly string[]): void {
  if (args.length > 0) throw new UserError(`unexpected argument "${args[0]}": --resume names the loop`);
  const fixed: OptionSpecs = { ...datasetOptions, ...labellingOptions };
  for (const [name, { flags }] of Object.entries(fixed)) {
    // A switch that begins with --no- is true until it is given.
    const isGiven = options[name] !== undefined && !(flags.startsWith('--no-') && options[name] === true);
    if (name === 'resume' || Object.hasOwn(resumeOptions, name) || !isGiven) continue;
    throw new UserError(`${flags.split(' ')[0]} cannot be changed: the loop goes on as it was begun`, {
      hint: 'leave it out, or begin another loop',
    });
  }
}

const defaultStrategies: Record<LoopKind, string> = {
  'active-learning': 'ilab',
  'rare-categories': 'rare-categories',
};

/** The settings that the options stand for; throws UserError for what does not exist or does not go together. */
export function labellingSettings(options: LabellingOptions, kind: LoopKind, seed: number): LabellingSettings {
  const classifier = classifierNamed(options.model ?? 'logistic-regression');
  const strategy = strategyNamed(options.strategy ?? defaultStrategies[kind], kind);
  const datasets = options.validationDataset ?? [];
  const twice = datasets.find((name, i) => datasets.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`--validation-dataset ${twice} is given twice`);
  return {
    // The ids are keys of the registries: they were found there.
    strategy: strategy.id as QueryStrategyId,
    strategyParams: strategyParams(strategy, options),
    budget: options.budget ?? 2000,
    model: classifier.id as ClassifierId,
    points: gridPoints(classifier.params, options, classifier.id),
    tuningFolds: options.tuningFolds ?? 4,
    impute: options.impute === 'median',
    validationDatasets: datasets,
    seed,
  };
}

function strategyNamed(id: string, kind: LoopKind): AnyQueryStrategyDef {
  const strategies: Record<string, AnyQueryStrategyDef> = queryStrategies;
  const offered = Object.keys(strategies).filter((name) => strategies[name].offeredBy.includes(kind));
  if (offered.includes(id)) return strategies[id];
  throw new UserError(`${kind} has no strategy "${id}"${nearest(id, offered)}`, {
    hint: `its strategies: ${offered.join(', ')}`,
  });
}

/** --strategy-param, and the options that are parameters of the strategy under a name of their own. */
function strategyParams(strategy: AnyQueryStrategyDef, options: LabellingOptions): Params {
  const named = [
    ['batch', '--batch', options.batch],
    ['uncertain', '--uncertain', options.uncertain],
    ['queries', '--queries', options.queries],
    ['clusterStrategy', '--cluster-strategy', options.clusterStrategy],
  ] as const;
  const settings = [...(options.strategyParam ?? [])];
  for (const [name, option, value] of named) {
    if (value === undefined) continue;
    if (!Object.hasOwn(strategy.params, name)) {
      throw new UserError(`${option} is not for the strategy ${strategy.id}`, {
        hint: `its parameters: ${Object.keys(strategy.params).join(', ') || 'none'}`,
      });
    }
    settings.push(`${name}=${value}`);
  }
  const listed = parseParams(strategy.params, settings, strategy.id);
  for (const [name, values] of listed) {
    if (values.length > 1) throw new UserError(`--strategy-param ${name} takes one value`);
  }
  return expandGrid(strategy.params, listed)[0];
}

function gridPoints(specs: ParamSpecs, { param, tuning }: LabellingOptions, model: string): Params[] {
  if (param) return expandGrid(specs, parseParams(specs, param, model));
  return tuning === false ? [defaultParams(specs)] : expandGrid(specs, defaultGrid(specs));
}
