import { createHash, type Hash } from 'node:crypto';
import { updateWithTexts } from '../../io/features/content-hash.js';
import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';

/**
 * SHA-256 (hexadecimal) of all that a dataset holds besides its names of project and dataset: two datasets with one
 * hash give one result. `featureHash` is that of X (`hashMatrix`).
 */
export function hashDataset(dataset: Omit<Dataset, 'hash'>, featureHash: string): string {
  const hash = createHash('sha256').update(`secuml dataset 1\n${featureHash}\n`);
  for (const texts of [dataset.ids, dataset.idents, dataset.featureNames, dataset.featureTypes])
    updateWithTexts(hash, texts);
  updateWithNumbers(hash, dataset.timestamps);
  for (const [name, { group, names }] of dataset.groups ?? []) {
    updateWithTexts(hash, [name, ...names]);
    updateWithNumbers(hash, group);
  }
  updateWithLabels(hash, dataset.labels);
  updateWithLabels(hash, dataset.truth);
  return hash.digest('hex');
}

function updateWithLabels(hash: Hash, labels: LabelColumn | undefined): void {
  updateWithTexts(hash, labels?.families ?? []);
  updateWithNumbers(hash, labels?.label);
  updateWithNumbers(hash, labels?.family);
}

function updateWithNumbers(hash: Hash, numbers: Float64Array | Int32Array | Int8Array | undefined): void {
  hash.update(numbers ? `${numbers.length}\n` : 'none\n');
  if (numbers) hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}
