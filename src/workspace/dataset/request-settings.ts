import type { ResultDocument, Settings } from '../../schema/result-document.js';
import { datasetPart } from '../../schema/vocabulary.js';
import type { Configuration } from '../configuration.js';
import type { DatasetRequest } from './dataset-request.js';

/** What of a dataset was read, as the settings of a document keep it: what is not there is the default. */
export function requestSettings({ features, labels, filterIn, filterOut, sample }: DatasetRequest): Settings {
  return {
    ...(features && features.length > 0 && { features: [...features] }),
    ...(labels !== undefined && { labels }),
    ...(filterIn !== undefined && { filterIn }),
    ...(filterOut !== undefined && { filterOut }),
    ...(sample !== undefined && { sample }),
  };
}

/**
 * Asks again for what an experiment has read. Parts `dataset:NAME` are of a validation dataset, of which all rows were
 * judged by their true labels.
 */
export function requestOfDocument(
  { project, dataset, settings }: ResultDocument,
  part: string | undefined,
  configuration: Configuration,
): DatasetRequest {
  const text = (name: string): string | undefined => {
    const value = settings[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: string): number | undefined => {
    const value = settings[name];
    return typeof value === 'number' ? value : undefined;
  };
  const { features } = settings;
  const other = validationDataset(part);
  return {
    inputDir: configuration.inputDir,
    project,
    dataset: other ?? dataset.name,
    features: Array.isArray(features) ? features.map(String) : undefined,
    labels: other === undefined ? text('labels') : undefined,
    filterIn: text('filterIn'),
    filterOut: text('filterOut'),
    sample: other === undefined ? number('sample') : undefined,
    seed: number('seed') ?? 0,
    cacheDirectory: `${configuration.outputDir}/.cache`,
    cacheLimitBytes: configuration.cacheLimit,
  };
}

/** The validation dataset that a part stands for; undefined for parts of the dataset that the model learned from. */
export function validationDataset(part: string | undefined): string | undefined {
  const prefix = datasetPart('');
  return part?.startsWith(prefix) ? part.slice(prefix.length) : undefined;
}
