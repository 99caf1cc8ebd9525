import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetRequest } from '../dataset/dataset-request.js';

/** What a labelling loop begins with unless it is told otherwise. */
const usualFile = 'init_labels.csv';

/**
 * The labels that a loop begins with, as `--labels` names them: what was asked for, else init_labels.csv if the dataset
 * has one; undefined for none.
 */
export async function initialLabelsFile(
  { inputDir, project, dataset }: Pick<DatasetRequest, 'inputDir' | 'project' | 'dataset'>,
  wanted: string | undefined,
): Promise<string | undefined> {
  if (wanted === 'none') return undefined;
  if (wanted !== undefined) return wanted;
  for (const folder of ['labels', 'annotations']) {
    const found = await stat(join(inputDir, project, dataset, folder, usualFile)).catch(() => null);
    if (found?.isFile()) return usualFile;
  }
  return undefined;
}
