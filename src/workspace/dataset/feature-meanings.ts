import { DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import { readDescription } from '../../io/features/read-description.js';
import type { DatasetRequest } from './dataset-request.js';

/** What the description files say of features, by name; a file with faults says what can be read of it. */
export async function featureMeanings(
  request: Pick<DatasetRequest, 'inputDir' | 'project' | 'dataset' | 'features'>,
): Promise<ReadonlyMap<string, string>> {
  const folder = await DatasetFolder.find(request.inputDir, request.project, request.dataset);
  const meanings = new Map<string, string>();
  for (const { description } of await folder.features(request.features)) {
    if (!description) continue;
    const described = await readDescription(description.path, description.shown, new FaultList());
    for (const { name, meaning } of described?.values() ?? []) if (meaning !== undefined) meanings.set(name, meaning);
  }
  return meanings;
}
