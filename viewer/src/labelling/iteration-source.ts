import { datasetPart } from '../../../src/schema/vocabulary.js';
import type { DatasetName, InstanceOrigin, Source } from '../source/source.js';

/** The source of the model of one iteration: predictions are that model's, instances are the dataset's. */
export function iterationSource(source: Source, id: string, iteration: number, own: DatasetName): Source {
  // What the last model said of an instance is not what this one said.
  const origin = (of: InstanceOrigin, part: string | undefined): InstanceOrigin => {
    if (of !== id) return of;
    const isOther = part !== undefined && part.startsWith(datasetPart(''));
    return isOther ? { ...own, dataset: part.slice(datasetPart('').length) } : own;
  };
  return {
    ...source,
    rows: (_, query) => source.loopModelRows(id, iteration, query),
    count: (_, filter) => source.loopModelCount(id, iteration, filter),
    neighbours: (_, query) => source.loopModelNeighbours(id, iteration, query),
    instance: (of, instanceId, part) => source.instance(origin(of, part), instanceId),
    instanceFeatures: (of, instanceId, query, part) => source.instanceFeatures(origin(of, part), instanceId, query),
    nearestInstances: (of, instanceId, part) => source.nearestInstances(origin(of, part), instanceId),
    instanceView: (of, instanceId, view, part) => source.instanceView(origin(of, part), instanceId, view),
  };
}
