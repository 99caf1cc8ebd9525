import { UserError } from '../../errors.js';
import { describeInstance } from '../../experiments/instance/describe-instance.js';
import { explainInstance, type Verdict } from '../../experiments/instance/instance-explanation.js';
import { featureByLabel } from '../../experiments/instance/feature-by-label.js';
import { featurePage, type InstanceFeatures, instanceFeatures } from '../../experiments/instance/instance-features.js';
import type { FeaturePage, FeatureQuery, FeatureSummary, Instance } from '../../schema/api/instance.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import type { Configuration } from '../../workspace/configuration.js';
import { featureMeanings } from '../../workspace/dataset/feature-meanings.js';
import { RecentlyOpened } from '../../workspace/recently-opened.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { type FoundInstance, type InstanceOrigin, OpenedExperiments } from './opened-experiment.js';
import { truthFamilyCache } from './truth-family-cache.js';

const largestMemory = 2 ** 32;
const memoryOfInstances = 2 ** 27;
const memoryOfSummaries = 2 ** 24;

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
