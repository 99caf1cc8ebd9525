import { UserError } from '../../errors.js';
import type { Configuration } from '../../workspace/configuration.js';
import { datasetIdentity } from '../../workspace/dataset/dataset-identity.js';
import type { FamilyCount } from '../../workspace/labels/family-counts.js';
import { RecentlyOpened } from '../../workspace/recently-opened.js';
import { truthFamilies } from '../../workspace/labels/truth-families.js';

const limitBytes = 2 ** 24;
const bytesPerFamily = 100;

/**
 * The families of the ground truth of datasets, read again when files have changed. They are asked for with every label
 * that is given, and reading those of a million instances takes a second.
 */
export function truthFamilyCache({ inputDir, outputDir }: Configuration) {
  const families = new RecentlyOpened<FamilyCount[]>(limitBytes);
  return async (project: string, dataset: string): Promise<FamilyCount[]> => {
    const read = (): Promise<FamilyCount[]> => truthFamilies(inputDir, project, dataset);
    const identity = await datasetIdentity({ inputDir, project, dataset, seed: 0 }, outputDir).catch(unknown);
    // What cannot be told apart from what it was is read anew.
    if (identity === undefined) return read();
    return families.get(identity, async () => {
      const value = await read();
      return { value, bytes: bytesPerFamily * value.length };
    });
  };
}

function unknown(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}
