import { UserError } from '../../errors.js';
import { describeInstance } from '../../experiments/instance/describe-instance.js';
import { explainInstance, type Verdict } from '../../experiments/instance/instance-explanation.js';
import { featureByLabel } from '../../experiments/instance/feature-by-label.js';
import { featurePage, type InstanceFeatures, instanceFeatures } from '../../experiments/instance/instance-features.js';
import {
  nearestInstances,
  type SearchedInstances,
  searchedInstances,
} from '../../experiments/instance/nearest-instances.js';
import type {
  FeaturePage,
  FeatureQuery,
  FeatureSummary,
  Instance,
  NearestInstances,
} from '../../schema/api/instance.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import type { Configuration } from '../../workspace/configuration.js';
import { featureMeanings } from '../../workspace/dataset/feature-meanings.js';
import { learnedInstances } from '../../workspace/experiment/learned-instances.js';
import { RecentlyOpened } from '../../workspace/recently-opened.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { type FoundInstance, type InstanceOrigin, OpenedExperiments, type ResultModel } from './opened-experiment.js';
import { truthFamilyCache } from './truth-family-cache.js';

const largestMemory = 2 ** 32;
const memoryOfInstances = 2 ** 27;
const memoryOfSummaries = 2 ** 24;
const memoryOfSearched = 2 ** 27;

/** Names an instance; without a part it is looked for in every dataset of the experiment. */
export type WantedInstance = InstanceOrigin & { readonly instanceId: string };

/** What is told of single instances and features: datasets and models are opened and gone through in a thread. */
export async function instanceService(configuration: Configuration) {
  const { maxMemory } = configuration;
  const workspace = await openWorkspace(configuration);
  // Pages and reports each have such a service: both together leave room for the rest.
  const experiments = new OpenedExperiments(
    workspace,
    configuration,
    Math.min(largestMemory, maxMemory / 4),
    maxMemory / 3,
  );
  const looked = new RecentlyOpened<InstanceFeatures>(memoryOfInstances);
  const summaries = new RecentlyOpened<FeatureSummary>(memoryOfSummaries);
  const families = truthFamilyCache(configuration);
  const searched = new RecentlyOpened<SearchedInstances>(memoryOfSearched);

  const verdictOf = async ({
    experiment,
    known,
    row,
  }: FoundInstance): Promise<Verdict | { problem: string } | null> => {
    if (experiment === undefined) return null;
    const { record, document } = experiment;
    try {
      return explainInstance(await experiments.model(record, document), known.dataset, row);
    } catch (error) {
      if (error instanceof UserError) return { problem: error.message };
      throw error;
    }
  };

  /** The model of an experiment; undefined where it has none that can be read. */
  const modelAtHand = async ({
    record,
    document,
  }: NonNullable<FoundInstance['experiment']>): Promise<ResultModel | undefined> => {
    try {
      return await experiments.model(record, document);
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  };

  return {
    instance: async ({
      predictions,
      views,
      ...wanted
    }: WantedInstance & {
      readonly predictions: readonly PredictionRow[];
      readonly views: Instance['views'];
    }): Promise<Instance> => {
      const found = await experiments.find(wanted, wanted.instanceId);
      const { known, row, experiment } = found;
      return describeInstance({
        known,
        row,
        groups: known.groupsOf(row),
        predictions,
        verdict: await verdictOf(found),
        isValidation: experiment?.isValidation ?? false,
        hash: experiment === undefined || experiment.isValidation ? null : experiment.document.dataset.hash,
        views,
      });
    },

    features: async ({ query, ...wanted }: WantedInstance & { readonly query: FeatureQuery }): Promise<FeaturePage> => {
      const found = await experiments.find(wanted, wanted.instanceId);
      const { known, row, identity, request } = found;
      const key = JSON.stringify(['id' in wanted ? wanted.id : null, identity, row]);
      const features = await looked.get(key, async () => {
        const verdict = await verdictOf(found);
        const explained = verdict === null || 'problem' in verdict ? null : verdict.explanation;
        const meanings = await featureMeanings(request);
        const value = instanceFeatures(known, row, known.groupsOf(row), explained?.contributions ?? null, meanings);
        return { value, bytes: known.dataset.featureNames.length * 150 };
      });
      return featurePage(features, query);
    },

    /** The labelled instances nearest to one: those that the experiment's model learned from, where there is one. */
    nearest: async ({
      predictions,
      count,
      ...wanted
    }: WantedInstance & {
      readonly predictions: readonly PredictionRow[];
      readonly count: number;
    }): Promise<NearestInstances> => {
      const { known, row, experiment } = await experiments.find(wanted, wanted.instanceId);
      const learned = await experiments.dataset(wanted);
      const model = experiment && (await modelAtHand(experiment));
      const id = model && 'id' in wanted ? wanted.id : null;
      const among = await searched.get(JSON.stringify([id, learned.identity]), async () => {
        const hasLearned = model && (await learnedInstances(experiment.record));
        const { ids } = learned.known.dataset;
        const rows = Uint32Array.from(ids.keys()).filter((one) => hasLearned?.(ids[one]) ?? true);
        const value = searchedInstances(learned.known, rows, hasLearned !== undefined);
        return { value, bytes: 4 * value.rows.length + 8 * value.units.length };
      });
      if (!model) return nearestInstances({ known, row, threshold: null }, among, count);
      const part = 'id' in wanted ? wanted.part : undefined;
      const prediction = predictions.find((one) => part === undefined || one.part === part);
      const { detectionThreshold: threshold } = experiment.document.settings;
      const called = prediction?.predicted ?? undefined;
      const inQuestion = { known, row, called, model, threshold: typeof threshold === 'number' ? threshold : null };
      return nearestInstances(inQuestion, among, count);
    },

    feature: async ({ index, ...origin }: InstanceOrigin & { readonly index: number }): Promise<FeatureSummary> => {
      const { known, request, identity } = await experiments.dataset(origin);
      if (index >= known.dataset.featureNames.length) throw new RequestError(404, `there is no feature ${index}`);
      return summaries.get(`${index} ${identity}`, async () => {
        const value = featureByLabel(known, index, await featureMeanings(request));
        return { value, bytes: 10_000 };
      });
    },

    families: async ({ project, dataset }: { readonly project: string; readonly dataset: string }) =>
      families(project, dataset),
  };
}

export type InstanceService = Awaited<ReturnType<typeof instanceService>>;
