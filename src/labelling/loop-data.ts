import type { LabellingSettings } from '../experiments/labelling/settings.js';
import { fillMissing } from '../ml/preprocessing/impute.js';
import type { LoopStart } from '../schema/loop-log.js';
import { featureMeanings } from '../workspace/dataset/feature-meanings.js';
import { type DatasetRequest, openDataset, type OpenedDataset } from '../workspace/dataset/open-dataset.js';
import type { LoopData } from './loop-parts.js';

/** Where datasets and their cache lie. */
export interface LoopSurroundings {
  readonly inputDir: string;
  readonly outputDir: string;
  readonly cacheLimit: number | undefined;
}

/** How the dataset of a loop is opened again. */
export function requestOfLoop(
  { project, dataset, request }: LoopStart,
  { seed }: LabellingSettings,
  { inputDir, outputDir, cacheLimit }: LoopSurroundings,
): DatasetRequest {
  return {
    ...(request as Partial<DatasetRequest>),
    inputDir,
    project,
    dataset,
    seed,
    cacheDirectory: `${outputDir}/.cache`,
    cacheLimitBytes: cacheLimit,
  };
}

/**
 * Reads what a loop needs besides its own dataset: the validation datasets, and what features mean.
 * @param start what the loop was begun with; null for a new one
 */
export async function loopData(
  { dataset, request }: OpenedDataset,
  { validationDatasets }: LabellingSettings,
  start: LoopStart | null,
): Promise<LoopData> {
  // A label set that a loop began with goes on growing.
  const grows = /^(set|loop):/.test(request.labels ?? '');
  const isChanged = start !== null && !grows && start.datasetHash !== dataset.hash;
  const others = validationDatasets.map(async (name) => {
    return (await openDataset({ ...request, dataset: name, labels: undefined, sample: undefined })).dataset;
  });
  return {
    dataset,
    // Without a file of initial labels, the labels that were read are the true ones.
    truth: request.labels === undefined ? dataset.labels : dataset.truth,
    X: fillMissing(dataset.X, dataset.featureNames).X,
    validationDatasets: await Promise.all(others),
    meanings: await featureMeanings(request),
    warnings: isChanged
      ? [
          'the dataset is not what it was when the loop began: answers go on counting by instance_id, queries may differ',
        ]
      : [],
  };
}
