import { stat } from 'node:fs/promises';
import { DatasetFolder } from '../../io/dataset-folder.js';
import { logPathOf } from '../labels/label-reader.js';
import type { DatasetRequest } from './dataset-request.js';

/**
 * Tells whether the files that a request reads are the same as before, by size, time of change and inode. Throws
 * UserError where the dataset is not there.
 */
export async function datasetIdentity(request: DatasetRequest, outputDir: string): Promise<string> {
  const { inputDir, project, dataset, features, labels, filterIn, filterOut } = request;
  const folder = await DatasetFolder.find(inputDir, project, dataset);
  const paths = [(await folder.idents()).path];
  for (const file of await folder.features(features)) {
    paths.push(file.path, ...(file.description ? [file.description.path] : []));
  }
  for (const name of await folder.labelNames()) {
    const file = await folder.labels(name);
    if (file) paths.push(file.path);
  }
  const filter = filterIn ?? filterOut;
  if (filter !== undefined) paths.push((await folder.filter(filter)).path);
  if (labels?.startsWith('set:')) paths.push(logPathOf(outputDir, { project, dataset, set: labels.slice(4) }));
  const states = await Promise.all(paths.map(stateOf));
  return JSON.stringify([request, states]);
}

async function stateOf(path: string): Promise<string> {
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  return file ? `${path} ${file.size} ${file.mtimeNs} ${file.ino}` : path;
}
