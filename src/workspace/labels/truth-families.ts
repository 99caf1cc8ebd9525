import { UserError } from '../../errors.js';
import { DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import { readIdents } from '../../io/read-idents.js';
import { loadLabels } from '../dataset/load-labels.js';
import { countFamilies, type FamilyCount } from './family-counts.js';

/**
 * The families of a dataset's ground truth; features are not read. None where the dataset is not at hand or cannot be
 * read: labels are given all the same, and `secuml check` tells what is wrong.
 */
export async function truthFamilies(inputDir: string, project: string, dataset: string): Promise<FamilyCount[]> {
  try {
    const folder = await DatasetFolder.find(inputDir, project, dataset);
    const faults = new FaultList();
    const { path, shown } = await folder.idents();
    const table = await readIdents(path, shown, faults);
    if (!table) return [];
    const { labels: truth } = await loadLabels(folder, table, undefined, undefined, faults);
    if (!truth || faults.count > 0) return [];
    const { label, family, families } = truth.column;
    return countFamilies(
      Array.from(label, (value, row) => ({
        label: value === 1 ? ('malicious' as const) : ('benign' as const),
        family: value < 0 || family[row] < 0 ? null : families[family[row]],
      })),
    );
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
