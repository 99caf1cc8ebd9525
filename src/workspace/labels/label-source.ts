import { printable, UserError } from '../../errors.js';
import type { LabelSource, StoredLabel, StoredLabels } from '../dataset/dataset-request.js';
import type { LabelSetName } from './label-store.js';
import { readLabelSet } from './label-reader.js';
import { findLoop } from '../loop-store.js';

/** Reads `--labels set:NAME` out of the label logs of an output directory. */
export function labelSource(outputDir: string): LabelSource {
  return async ({ project, dataset, kind, name }) => {
    if (kind === 'loop') {
      const loop = await findLoop(outputDir, name);
      if (loop.project !== project || loop.dataset !== dataset) {
        throw new UserError(`the loop ${loop.id} labels ${printable(loop.project)}/${printable(loop.dataset)}`);
      }
      return readAnswers(outputDir, { project, dataset, set: loop.labelSet });
    }
    return readAnswers(outputDir, { project, dataset, set: name });
  };
}

async function readAnswers(outputDir: string, set: LabelSetName): Promise<StoredLabels> {
  const { labels, warnings } = await readLabelSet(outputDir, set);
  const answers = [...labels].map(([id, { label, family }]): [string, StoredLabel] => [
    id,
    { label: label === 'malicious' ? 1 : 0, family },
  ]);
  return { labels: new Map(answers), warnings };
}
