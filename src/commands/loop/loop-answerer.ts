import { UserError } from '../../errors.js';
import type { LoopData } from '../../labelling/loop-parts.js';
import { readLabelFile } from '../../workspace/labels/editing/import-labels.js';
import type { DatasetRequest } from '../../workspace/dataset/open-dataset.js';
import type { Answerer } from './answer-all.js';

/** Answers out of a file: a CSV, instance_id,label[,family]. Throws UserError and DataError for one that cannot be read. */
export async function answererFromFile(
  { inputDir, project, dataset }: DatasetRequest,
  file: string,
): Promise<Answerer> {
  const { labels } = await readLabelFile({ inputDir, project, dataset }, file);
  const given = new Map(labels.map(({ instanceId, label, family }) => [instanceId, { label, family }]));
  return (instanceId) => given.get(instanceId) ?? null;
}

/** Answers as the dataset's true labels have them; throws UserError where there are none. */
export function answererFromTruth({ dataset: { ids, project, name }, truth }: LoopData): Answerer {
  if (!truth) {
    throw new UserError(`${project}/${name} has no true labels to answer from`, {
      hint: 'put labels/true_labels.csv beside its features, or answer with --answers FILE',
    });
  }
  const { label, family, families } = truth;
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  return (instanceId) => {
    const row = rowOf.get(instanceId);
    if (row === undefined || label[row] === -1) return null;
    return {
      label: label[row] === 1 ? 'malicious' : 'benign',
      family: family[row] === -1 ? null : families[family[row]],
    };
  };
}
