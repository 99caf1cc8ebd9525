import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { completeRebuild } from '../db/open-database.js';
import { insertExperiment, selectExperiments } from '../db/queries/experiments.js';
import type { Store } from '../db/store.js';
import type { StoreAddress } from '../db/store-address.js';
import { UserError } from '../errors.js';
import { readRegularFile } from '../io/files/regular-file.js';
import { readPredictionRows } from '../io/results/prediction-rows.js';
import { readResultDocument, type ResultDocument } from '../schema/result-document.js';
import { type DatabaseRows, selectRows } from './experiment/database-rows.js';
import { finishedRow, indexResult } from './experiment/index-experiment.js';
import { LabelStore } from './labels/label-store.js';
import { openStore } from './open-store.js';
import { readOwner } from './owner-process.js';
import { artifactPath, parseJson } from './experiment/read-result.js';
import { unfinishedRow } from './experiment/running-experiment.js';
import { documentFile, rowsFile } from './experiment/save-result.js';
import { type FoundExperiment, scanResults } from './scan.js';

/** What a rebuild found. */
export interface ReindexReport {
  readonly storeName: string;
  readonly experiments: number;
  /** Results that a process is writing, or was when it died. */
  readonly unfinished: number;
  readonly labelSets: number;
  /** Folders that were left out, and why. */
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
  /** About label logs. */
  readonly warnings: readonly string[];
}

export interface ReindexSettings {
  readonly address: StoreAddress;
  readonly outputDir: string;
  readonly dbRows: DatabaseRows;
  progress?(done: number, total: number): void;
}

/** Finished experiments that only the database knows, so that a rebuild would forget them. */
export async function onlyInDatabase(store: Store, outputDir: string): Promise<string[]> {
  const found = await scanResults(outputDir);
  const onDisk = new Set(found.flatMap(({ experiments }) => experiments).map(({ id }) => id));
  const rows = await selectExperiments(store);
  return rows.filter(({ id, status }) => status === 'done' && !onDisk.has(id)).map(({ id }) => id);
}

/**
 * Rebuilds a database from the files: drops our tables, makes them and fills them. What is broken is left out and said.
 * Ended half-way, the database says so when it is opened, and another rebuild starts afresh.
 */
export async function reindex({ address, outputDir, dbRows, progress }: ReindexSettings): Promise<ReindexReport> {
  const found = await scanResults(outputDir);
  const store = await openStore(address, { recreate: true });
  try {
    const folders = found.flatMap(({ experiments }) => experiments).filter(({ state }) => state !== 'doomed');
    const broken: { path: string; reason: string }[] = [];
    const count = { finished: 0, unfinished: 0 };
    for (const [k, folder] of folders.entries()) {
      try {
        if (folder.state === 'unfinished') count.unfinished += await indexUnfinished(store, folder);
        else count.finished += await indexFinished(store, folder, dbRows);
      } catch (error) {
        if (!(error instanceof BrokenResult)) throw error;
        broken.push({ path: folder.directory, reason: error.message });
      }
      progress?.(k + 1, folders.length);
    }
    const labels = new LabelStore(outputDir, store);
    const sets = found.flatMap(({ labelSets }) => labelSets);
    const warnings: string[] = [];
    for (const set of sets) warnings.push(...(await labels.replay(set)));
    await completeRebuild(store);
    const { finished: experiments, unfinished } = count;
    return { storeName: store.name, experiments, unfinished, labelSets: sets.length, broken, warnings };
  } finally {
    await store.close();
  }
}

/** A result on the disk that cannot be taken in, for the reason in its message. */
class BrokenResult extends Error {}

async function indexFinished(store: Store, folder: FoundExperiment, dbRows: DatabaseRows): Promise<number> {
  const { document, texts, predictions } = await readResult(folder).catch((error: Error) => {
    throw error instanceof UserError || 'code' in error ? new BrokenResult(error.message) : error;
  });
  await indexResult(store, {
    document,
    texts,
    predictions,
    selection: predictions ? selectRows(predictions, dbRows) : {},
  });
  // The row comes last: what has one is whole.
  await insertExperiment(store, finishedRow(document, { host: '', pid: 0, processStart: null }));
  return 1;
}

async function readResult(folder: FoundExperiment) {
  const path = join(folder.directory, documentFile);
  const text = (await readRegularFile(path)).toString();
  const document = readResultDocument(parseJson(text, path), path);
  checkPlace(document, folder);
  for (const { name, bytes } of document.artifacts) {
    const { size } = await stat(artifactPath(folder.directory, name));
    if (size !== bytes) throw new BrokenResult(`${name} has ${size} bytes where the document says ${bytes}`);
  }
  const texts = new Map([[documentFile, text]]);
  for (const panel of document.panels) {
    if ('file' in panel)
      texts.set(panel.file.name, (await readRegularFile(artifactPath(folder.directory, panel.file.name))).toString());
  }
  const hasRows = document.artifacts.some(({ name }) => name === rowsFile);
  return {
    document,
    texts,
    predictions: hasRows ? await readPredictionRows(join(folder.directory, rowsFile)) : undefined,
  };
}

/** A result that was copied or renamed by hand would appear twice, or under a wrong name. */
function checkPlace({ project, dataset, run }: ResultDocument, folder: FoundExperiment): void {
  if (project === folder.project && dataset.name === folder.dataset && run.id === folder.id) return;
  throw new BrokenResult(`its document says that it is ${project}/${dataset.name}/${run.id}`);
}

async function indexUnfinished(store: Store, { id, project, dataset, directory }: FoundExperiment): Promise<number> {
  const owner = await readOwner(directory);
  if (owner === undefined) return 0;
  const { kind, name } = owner;
  const start = { kind, project, dataset, name: name ?? undefined };
  await insertExperiment(store, unfinishedRow(id, start, owner, owner.heartbeat.toISOString()));
  return 1;
}
