import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPredictionColumns } from '../../io/results/prediction-rows.js';
import { parts } from '../../schema/vocabulary.js';
import type { ExperimentRecord } from './experiment-record.js';
import { rowsFile } from './save-result.js';

/**
 * Tells of an instance_id of the experiment's dataset whether the model that is kept could learn from it: those of the
 * part `train`; where the training rows were not judged, all that were not kept for the test or had no label. Undefined
 * for an experiment without predictions; throws UserError where they are damaged.
 */
export async function learnedInstances({
  directory,
}: ExperimentRecord): Promise<((instanceId: string) => boolean) | undefined> {
  const path = join(directory, rowsFile);
  const there = await stat(path).catch(() => undefined);
  if (!there) return undefined;
  const { part, instanceId } = await readPredictionColumns(path);
  const idsOf = (wanted: readonly string[]): Set<string> => {
    const codes = new Set(wanted.map((name) => part.names.indexOf(name)).filter((code) => code >= 0));
    const ids = new Set<string>();
    part.codes.forEach((code, row) => {
      if (codes.has(code)) ids.add(instanceId.at(row));
    });
    return ids;
  };
  const trained = idsOf([parts.train]);
  if (trained.size > 0) return (id) => trained.has(id);
  const others = idsOf([parts.test, parts.unlabeled]);
  return (id) => !others.has(id);
}
