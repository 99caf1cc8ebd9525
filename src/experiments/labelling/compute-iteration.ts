import { coldStartStrategy, queryStrategies } from '../../ml/active-learning/registry.js';
import type { AnyQueryStrategyDef, LabellingState, QueryGroup } from '../../ml/active-learning/strategy.js';
import { throwIfCancelled } from '../../ml/fit-context.js';
import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../ml/params.js';
import type { IterationFigures } from '../../schema/labelling.js';
import type { ExperimentContext } from '../experiment.js';
import { judgeModel } from './judge-model.js';
import { countLabels } from './known-labels.js';
import { type IterationModel, trainMainModel } from './main-model.js';
import type { LabellingSettings } from './settings.js';

/** What an iteration begins with. */
export interface IterationInput {
  /** Its labels are the answers known to the iteration, its truth is what they are judged by, if there is any. */
  readonly dataset: Dataset & { readonly labels: LabelColumn };
  /** The features without missing cells. */
  readonly X: FeatureMatrix;
  readonly validationDatasets: readonly Dataset[];
  readonly iteration: number;
  /** Rows that may be asked, ascending. */
  readonly candidates: Uint32Array;
  /** Queries at most: the budget left. */
  readonly limit: number;
}

export interface IterationOutcome {
  readonly figures: Omit<IterationFigures, 'seconds'>;
  readonly warnings: readonly string[];
  /** Null while both labels are not known. */
  readonly model: IterationModel | null;
}

/** Takes a group of queries as soon as it is known. */
export type Publish = (group: QueryGroup) => void;

/**
 * One iteration of a labelling loop: trains the model on the answers, asks the strategy for queries, and judges the model
 * while people answer them. The same answers, settings and seed ask the same queries, on any executor.
 */
export async function computeIteration(
  input: IterationInput,
  settings: LabellingSettings,
  context: ExperimentContext,
  publish: Publish,
): Promise<IterationOutcome> {
  const { dataset, validationDatasets, iteration, candidates } = input;
  const counts = countLabels(dataset.labels);
  const both = counts.malicious > 0 && counts.benign > 0;
  let training: Promise<IterationModel> | null = null;
  /** Trained when it is first asked for: a strategy with a model of its own need not wait for it. */
  const mainModel = async (): Promise<IterationModel | null> => {
    if (!both) return null;
    if (training === null) {
      context.stage('training');
      training = trainMainModel(dataset, settings, context);
      await training;
      context.stage('choosing queries');
    }
    return training;
  };
  context.stage('choosing queries');
  const { strategy, params, note } = strategyFor(settings, dataset.labels);
  const warnings = note === null ? [] : [note];
  if (candidates.length > 0 && input.limit > 0) {
    await strategy.select(stateFor(input), params, input.limit, {
      seed: settings.seed,
      executor: context.executor,
      signal: context.signal,
      progress: context.progress,
      mainModel: async () => (await mainModel())?.main ?? null,
      publish,
    });
  }
  throwIfCancelled(context.signal);
  const model = await mainModel();
  if (model === null) return { figures: { iteration, ...counts, figures: {} }, warnings, model };
  context.stage('judging the model');
  const judgement = await judgeModel(model, validationDatasets, context);
  throwIfCancelled(context.signal);
  warnings.push(...model.warnings, ...judgement.warnings);
  return { figures: { iteration, ...counts, figures: judgement.figures }, warnings, model };
}

function stateFor({ dataset, X, candidates, iteration }: IterationInput): LabellingState {
  const { label, family, families } = dataset.labels;
  return { label, family, families, X, ids: dataset.ids, candidates, iteration };
}

/** The strategy of the loop, or the one that goes before it until it has the answers it needs. */
function strategyFor(
  { strategy: id, strategyParams }: LabellingSettings,
  labels: LabelColumn,
): { strategy: AnyQueryStrategyDef; params: Params; note: string | null } {
  const strategy: AnyQueryStrategyDef = queryStrategies[id];
  const missing = missingAnswers(strategy.needs.answers, labels);
  if (missing === null) return { strategy, params: strategyParams, note: null };
  const before: AnyQueryStrategyDef = queryStrategies[coldStartStrategy];
  const batch = strategy.batchSize(strategyParams);
  return {
    strategy: before,
    params: { ...defaultParams(before.params), batch },
    note: `${id} needs ${missing} first: until then ${before.id} asks`,
  };
}

/** What a strategy lacks, in words; null for nothing. */
function missingAnswers(needs: AnyQueryStrategyDef['needs']['answers'], labels: LabelColumn): string | null {
  const { malicious, benign, families } = countLabels(labels);
  switch (needs) {
    case 'none':
      return null;
    case 'one-label':
      return malicious + benign > 0 ? null : 'an answer';
    case 'both-labels':
      return malicious > 0 && benign > 0 ? null : 'answers of both labels';
    case 'two-families':
      return families.all >= 2 ? null : 'answers of two families';
  }
}
