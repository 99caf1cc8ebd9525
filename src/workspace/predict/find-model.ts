import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { readRegularFile } from '../../io/files/regular-file.js';
import { readResultDocument, type ResultDocument } from '../../schema/result-document.js';
import { type ExperimentRecord, experimentRecord, pickExperiment } from '../experiment/experiment-record.js';
import { finishedRow } from '../experiment/index-experiment.js';
import { modelFile, readModelFile } from '../experiment/read-model.js';
import { parseJson } from '../experiment/read-result.js';
import { documentFile } from '../experiment/save-result.js';
import { type FoundExperiment, scanResults } from '../scan.js';

/** A model as it was found: its JSON, unchecked. */
export interface FoundModel {
  readonly json: unknown;
  /** Path of its file, for messages. */
  readonly path: string;
  /** The result that keeps it; null for a file of its own. */
  readonly document: ResultDocument | null;
}

/**
 * The model of an experiment, from the result files alone: no database is asked. `wanted`: an id, the beginning or tail
 * of one, a name, or `latest`, which here is the last one that kept a model. Throws UserError.
 */
export async function findModel(outputDir: string, wanted: string): Promise<FoundModel> {
  const found = await scanResults(outputDir);
  const finished = found
    .flatMap(({ experiments }) => experiments)
    .filter(({ state }) => state === 'finished')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const chosen = await choose(finished, wanted, outputDir);
  const document = await documentOf(chosen);
  return { ...(await readModelFile(chosen, document)), document };
}

/** A model file wherever it lies; throws UserError. */
export async function readModelAt(path: string): Promise<FoundModel> {
  const bytes = await readRegularFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : `cannot be read: ${error.message}`;
    throw new UserError(`${printable(path)} ${why}`, {
      hint: 'the model of an experiment: --experiment ID, or model.json in its folder',
      cause: error,
    });
  });
  return { json: parseJson(bytes.toString('utf8'), path), path, document: null };
}

/** Of a result that was found, nobody knows which process wrote it. */
const noOwner = { host: '', pid: 0, processStart: null };

async function choose(
  finished: readonly FoundExperiment[],
  wanted: string,
  outputDir: string,
): Promise<FoundExperiment> {
  if (wanted === 'latest') {
    for (const experiment of finished.toReversed()) if (await keepsModel(experiment)) return experiment;
    throw new UserError(`no experiment in ${printable(outputDir)} has kept a model`, {
      hint: 'train one: secuml classify; results elsewhere are named with --output-dir',
    });
  }
  // An id that is unique needs no look at the others.
  const byId = finished.filter(({ id }) => wanted !== '' && (id.startsWith(wanted) || id.endsWith(`-${wanted}`)));
  if (byId.length === 1) return byId[0];
  const records: ExperimentRecord[] = [];
  for (const experiment of finished) {
    // A damaged result has no name to be found by; `secuml reindex` tells of it.
    const document = await documentOf(experiment).catch(() => null);
    if (document) records.push(experimentRecord(finishedRow(document, noOwner), outputDir));
  }
  const { id } = pickExperiment(records, wanted);
  return finished.find((experiment) => experiment.id === id) as FoundExperiment;
}

async function documentOf({ directory }: FoundExperiment): Promise<ResultDocument> {
  const path = join(directory, documentFile);
  const bytes = await readRegularFile(path).catch((error: Error) => {
    throw new UserError(`${printable(path)} cannot be read: ${error.message}`, { cause: error });
  });
  return readResultDocument(parseJson(bytes.toString('utf8'), path), path);
}

async function keepsModel({ directory }: FoundExperiment): Promise<boolean> {
  return (await stat(join(directory, modelFile)).catch(() => undefined))?.isFile() ?? false;
}
