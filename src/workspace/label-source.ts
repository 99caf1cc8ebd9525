import { printable, UserError } from '../errors.js';
import type { LabelSource, StoredLabel } from './dataset/dataset-request.js';
import { readLabelSet } from './label-reader.js';

/** Reads `--labels set:NAME` out of the label logs of an output directory. */
export function labelSource(outputDir: string): LabelSource {
  return async ({ project, dataset, kind, name }) => {
    if (kind === 'loop') {
      // A loop is an experiment; its answers are in the set it was given.
      throw new UserError(`there is no labelling loop "${printable(name)}" in ${outputDir}`, {
        hint: 'name the label set instead: --labels set:NAME',
      });
    }
    const { labels, warnings } = await readLabelSet(outputDir, { project, dataset, set: name });
    const answers = [...labels].map(([id, { label, family }]): [string, StoredLabel] => [
      id,
      { label: label === 'malicious' ? 1 : 0, family },
    ]);
    return { labels: new Map(answers), warnings };
  };
}
