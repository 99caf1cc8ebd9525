import { DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import { readStreamHead, streamFeatures } from '../../io/features/stream-features.js';
import { checkMemory } from '../../io/memory-check.js';
import { readIdents } from '../../io/read-idents.js';
import type { StreamedDataset } from '../../ml/matrix/dataset.js';
import { unchanged } from './file-identity.js';
import type { DatasetRequest } from './dataset-request.js';
import { loadLabels } from './load-labels.js';

/** A dataset whose features are read when they are asked for, and what was met on the way. */
export interface OpenedStream {
  readonly dataset: StreamedDataset;
  readonly notes: readonly string[];
}

/**
 * Reads idents.csv, the true labels and the headers of the feature files of a dataset; the features themselves come
 * `batch` instances at a time, past the cache. Filters of the request do not count: whoever asks for features asks for
 * those of a model, by name. Throws as `openDataset` does, for the features while they are read.
 */
export async function openStream(request: DatasetRequest, batch: number): Promise<OpenedStream> {
  const folder = await DatasetFolder.find(request.inputDir, request.project, request.dataset);
  const faults = new FaultList();
  const identsFile = await folder.idents();
  const files = await folder.features(request.features);
  checkMemory('the idents', identsFile.bytes, request.largestBytes ?? Number.POSITIVE_INFINITY);
  const table = await readIdents(identsFile.path, identsFile.shown, faults);
  const head = table && (await readStreamHead(files, faults));
  const labels = table && (await loadLabels(folder, table, undefined, undefined, faults));
  faults.throwIfAny();
  if (!table || !head || !labels) throw new Error(`${identsFile.shown} was refused without a reason`);
  const dataset: StreamedDataset = {
    project: folder.project,
    name: folder.dataset,
    ids: table.ids.list,
    idents: table.idents,
    featureNames: head.names,
    labels: labels.labels?.column,
    truth: labels.truth?.column,
    batches: () => unchanged(files, streamFeatures(head, table.ids, batch, new FaultList())),
  };
  return { dataset, notes: labels.notes };
}
